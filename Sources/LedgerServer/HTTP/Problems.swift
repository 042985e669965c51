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
        site.page("problem", title: "\(status.code)", ["message": message], context, status: status)
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
            let hint = suggestion.map { "：\($0)？" } ?? ""
            return (
                .notFound,
                Words("查無此編號（\(noun)）\(hint)", "there is no \(noun) of this ID" + (suggestion.map { "; \($0)?" } ?? ""))
            )
        case .asOf(let reason): return (.badRequest, Words("時點不符：\(reason)", reason))
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

    static func words(_ status: HTTPResponse.Status) -> Words {
        switch status.code {
        case 400: Words("請求不完整", "the request is not complete")
        case 401: Words("請先登入", "sign in first")
        case 403: Words("此請求不是由本站送出，或登入已逾時", "the request does not come from this site, or the session is over")
        case 404: Words("沒有這一頁", "there is no such page")
        case 413: Words("資料過大", "that is too much at once")
        case 429: Words("請稍候再試", "too many requests; wait a moment")
        case 503: Words("帳本暫時無法回答，請通知系統管理員", "the ledger cannot answer now; tell the operator")
        default: Words("發生錯誤，請通知系統管理員", "something failed; tell the operator")
        }
    }
}
