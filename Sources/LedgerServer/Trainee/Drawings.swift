import CivilTime
import Decisions
import Explanations

/// Text as XML holds it, and as a part of a path.
enum PathText {
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-_.~".utf8.contains(byte)
            let digits = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}

/// The window of a quota as one bar: what used it up, class by class, what is committed, and what is left.
struct QuotaDrawing {
    struct Part {
        let amountNTD: Int64
        let label: String
    }

    private let balance: QuotaBalance
    private let parts: [Part]
    private let language: Language
    private static let width: Int64 = 640
    /// Colours in the style sheet, one after the other.
    private static let colourCount = 5

    init(_ balance: QuotaBalance, _ parts: [Part], _ language: Language) {
        self.balance = balance
        self.parts = parts.filter { $0.amountNTD > 0 }
        self.language = language
    }

    var svg: String {
        let committed = Part(amountNTD: balance.committedNTD, label: Words("已審定未撥付", "committed")(language))
        let all = parts + (committed.amountNTD > 0 ? [committed] : [])
        let used = all.reduce(0) { $0 + $1.amountNTD }
        // What was paid over the cap is shown too.
        let whole = max(balance.capNTD, used, 1)
        func place(_ amount: Int64) -> Int64 { amount * Self.width / whole }
        var body = #"<rect x="0" y="0" width="\#(place(balance.capNTD))" height="28" class="ground"/>"#
        var start: Int64 = 0
        var lines: [String] = []
        for (index, part) in all.enumerated() {
            let colour = index % Self.colourCount
            let (x, end) = (place(start), place(start + part.amountNTD))
            body += #"<rect x="\#(x)" y="0" width="\#(end - x)" height="28" class="part-\#(colour)"/>"#
            let y = 52 + 20 * index
            lines.append(
                #"<rect x="0" y="\#(y - 11)" width="12" height="12" class="part-\#(colour)"/>"#
                    + #"<text x="18" y="\#(y)">\#(PathText.escaped(part.label)) \#(Terms.money(part.amountNTD))</text>"#
            )
            start += part.amountNTD
        }
        let title = Words("額度使用", "how the quota was used")(language)
        let height = 36 + 20 * max(1, all.count)
        return #"<svg viewBox="0 0 640 \#(height)" width="640" role="img" aria-label="\#(title)">"#
            + body + lines.joined() + "</svg>"
    }
}

/// The lookback window as an axis, with the spans for which an allowance was drawn.
struct MonthsDrawing {
    struct Span {
        let from: CivilDate
        let to: CivilDate
        let halfMonths: Int64
    }

    private let window: ClosedRange<CivilDate>
    private let spans: [Span]
    private let style: ReadingStyle

    init(_ window: ClosedRange<CivilDate>, _ spans: [Span], _ style: ReadingStyle) {
        self.window = window
        self.spans = spans
        self.style = style
    }

    var svg: String {
        let days = max(1, Int(window.upperBound.dayNumber - window.lowerBound.dayNumber) + 1)
        func place(_ day: CivilDate) -> Int {
            min(640, max(0, Int(day.dayNumber - window.lowerBound.dayNumber) * 640 / days))
        }
        var body = #"<rect x="0" y="18" width="640" height="22" class="ground"/>"#
        for span in spans where span.to >= window.lowerBound && span.from <= window.upperBound {
            let (x, end) = (place(span.from), place(span.to.adding(days: 1)))
            body += #"<rect x="\#(x)" y="18" width="\#(max(2, end - x))" height="22" class="part-0"/>"#
            body += #"<text x="\#(x)" y="12">\#(Terms.months(span.halfMonths))</text>"#
        }
        body += #"<text class="soft" x="0" y="56">\#(style.show(window.lowerBound))</text>"#
        body += #"<text class="soft" x="640" y="56" text-anchor="end">\#(style.show(window.upperBound))</text>"#
        let title = Words("回溯期間", "the lookback window")(style.language)
        return #"<svg viewBox="0 0 640 62" width="640" role="img" aria-label="\#(title)">\#(body)</svg>"#
    }
}
