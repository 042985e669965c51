import EventLog
import TrainingEvents
import Logging
import Access
import Explanations
import HTTPTypes
import Hummingbird
import Ledger

/// Turns what went wrong into a page that says what to do, and into a line of the log without anything personal.
struct Problems: RouterMiddleware {
    let site: Site

    func handle(
        _ request: Request, context: LedgerRequestContext,
        next: (Request, LedgerRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as LedgerError {
            return page(error, context)
        } catch let error as EventRecorder.Failure {
            return page(error, context)
        } catch let error as any HTTPResponseError {
            return page(error.status, Self.words(error.status)(context.language), context)
        } catch {
            context.logger.error("failed", metadata: ["type": "\(type(of: error))"])
            return page(.internalServerError, Self.words(.internalServerError)(context.language), context)
        }
    }

    private func page(_ failure: EventRecorder.Failure, _ context: LedgerRequestContext) -> Response {
        switch failure {
        case .failed(let error): return page(error, context)
        case .refused(_, let error):
            return page(.unprocessableContent, Terms.refusal(error, context.language), context)
        }
    }

    private func page(_ error: LedgerError, _ context: LedgerRequestContext) -> Response {
        let (status, words) = Self.answer(to: error)
        context.logger.info("refused", metadata: ["status": "\(status.code)", "reason": "\(Self.code(error))"])
        return page(status, words(context.language), context)
    }

    private func page(_ status: HTTPResponse.Status, _ message: String, _ context: LedgerRequestContext) -> Response {
        let language = context.language
        let values = ["message": message, "advice": Self.advice(status)(language), "code": "\(status.code)"]
        return site.page("problem", title: Self.title(status)(language), values, context, status: status)
    }

    static func answer(to error: LedgerError) -> (HTTPResponse.Status, Words) {
        switch error {
        case .access(let error):
            guard case .denied(let refusal) = error.code else {
                return (.serviceUnavailable, words(.serviceUnavailable))
            }
            if refusal == .purposeMissing {
                return (.forbidden, Words("請先在首頁填寫查閱目的", "say on the first page what it is for"))
            }
            return (
                .forbidden,
                Words(
                    Terms.refusal(refusal, .chinese) + "；此次請求已記錄",
                    Terms.refusal(refusal, .english) + "; the request was written down")
            )
        case .unknown(let noun, _, let suggestion):
            let hint = suggestion.map { "：是否指 \($0)？" } ?? ""
            let chinese = ["trainee": "學員", "class": "班次", "unit": "訓練單位"][noun] ?? noun
            return (
                .notFound,
                Words(
                    "查無此\(chinese)編號\(hint)", "there is no \(noun) of this ID" + (suggestion.map { "; \($0)?" } ?? ""))
            )
        case .asOf(let reason):
            return (
                .badRequest,
                Words("時點不符：請填日期（如 115-06-01）、時刻，或 @ 加事件筆數（如 @120），且不超過帳本現有筆數", reason)
            )
        case .noRulebook: return (.badRequest, Words("沒有這份規則", "there is no such rulebook"))
        case .unexpectedSequence:
            return (
                .conflict,
                Words("帳本已有新事件，請重新預覽後再確認", "the ledger has grown since; look at the preview again and confirm")
            )
        case .log(let error) where error.code == .inUse:
            return (.serviceUnavailable, Words("帳本正由他人寫入，請稍候再試", "somebody else is writing; try again in a moment"))
        case .log(let error) where error.code == .notTheWriter:
            return (
                .serviceUnavailable,
                Words("此處只供查閱，請至現行的主要伺服器登錄", "this server only reads; record with the one that leads now")
            )
        case .unconfirmed:
            return (.serviceUnavailable, Words("已登錄，但備援尚未確認；請重送，不會重複登錄", error.message))
        case .refused: return (.badRequest, Words("查閱目的不得含有個人號碼", "the purpose must not hold a personal number"))
        default: return (.serviceUnavailable, words(.serviceUnavailable))
        }
    }

    /// What the log says of an error: its kind, and nothing that it names.
    static func code(_ error: LedgerError) -> String {
        if case .access(let error) = error, case .denied(let refusal) = error.code { return "\(refusal)" }
        if case .log(let error) = error, error.code == .notTheWriter { return "notTheWriter" }
        return String(String(describing: error).prefix { $0.isLetter })
    }

    /// What the page of a problem is called.
    static func title(_ status: HTTPResponse.Status) -> Words {
        switch status.code {
        case 400, 413, 422: Words("無法處理這個請求", "This cannot be done as asked")
        case 401: Words("請先登入", "Sign in first")
        case 403: Words("沒有權限", "Not permitted")
        case 404: Words("找不到這一頁", "Page not found")
        case 409: Words("帳本已有變動", "The ledger has changed")
        case 429: Words("請稍候", "Too many requests")
        default: Words("暫時無法回答", "No answer just now")
        }
    }

    /// What to do about it.
    private static func advice(_ status: HTTPResponse.Status) -> Words {
        switch status.code {
        case 400, 413, 422: Words("請回上一頁更正後再送出。", "Go back, put it right and send it again.")
        case 403:
            Words(
                "請回首頁確認查閱目的與編號；若職務上需要，請洽系統管理員指派案件或角色。",
                "Go to the first page and look at the purpose and the ID; if your work needs it, ask the officer in charge for "
                    + "the case or the role.")
        case 404: Words("請確認網址或編號，或由首頁重新開啟。", "Look at the address or ID again, or begin from the first page.")
        case 409: Words("請重新開啟該頁，確認最新內容。", "Open the page again and look at what it says now.")
        case 429: Words("請等候約一分鐘再試。", "Wait about a minute and try again.")
        default: Words("請稍候再試；仍無法開啟時請通知系統管理員。", "Try again in a moment; if it stays so, tell the operator.")
        }
    }

    static func words(_ status: HTTPResponse.Status) -> Words {
        switch status.code {
        case 400: Words("請求不完整", "the request is not complete")
        case 401: Words("請先登入", "sign in first")
        case 403:
            Words(
                "您的角色沒有這項權限，或表單已失效（登入逾時，或不是由本站送出）",
                "your role may not do this, or the form is no longer good: the session is over, or it came from elsewhere"
            )
        case 404: Words("這個網址沒有對應的內容", "there is nothing under this address")
        case 413: Words("資料過大", "that is too much at once")
        case 429: Words("請稍候再試", "too many requests; wait a moment")
        case 503: Words("帳本暫時無法回答，請通知系統管理員", "the ledger cannot answer now; tell the operator")
        default: Words("發生錯誤，請通知系統管理員", "something failed; tell the operator")
        }
    }
}
