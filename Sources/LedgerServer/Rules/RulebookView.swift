import CivilTime
import Explanations
import Rulebook

/// A rulebook as a page shows it: every parameter over time with its sources, every clause.
struct RulebookView {
    private let book: Rulebook
    private let style: ReadingStyle
    private let wanted: String

    /// - Parameter wanted: what names, clauses or texts have to contain; everything if empty.
    init(_ book: Rulebook, _ style: ReadingStyle, containing wanted: String) {
        self.book = book
        self.style = style
        self.wanted = wanted.lowercased()
    }

    private func isWanted(_ texts: String...) -> Bool {
        wanted.isEmpty || texts.contains { $0.lowercased().contains(wanted) }
    }

    var parameters: [[String: Any]] {
        let view = ParameterValueView(book, style)
        return book.parameterListing.filter { isWanted($0.name, $0.unit, view.unit($0)) }.map { parameter in
            let values = parameter.entries.enumerated().map { index, entry in
                let days: [(Words, CivilDate?)] = [
                    (Words("公告", "announced"), entry.announced), (Words("廢止", "repealed"), entry.repealed),
                    (Words("查核", "checked"), entry.checked),
                ]
                let marks = days.compactMap { words, day in day.map { "\(words(style.language)) \(style.show($0))" } }
                return [
                    "days": period(entry)(style.language), "lines": view.lines(parameter, index),
                    "source": entry.citation.description,
                    "marks": ([Terms.status(entry.status, style.language)] + marks).joined(separator: " · "),
                    "remarks": [entry.note, entry.reading].compactMap { remark in
                        remark.map { RemarkTerms.text($0, style.language) }
                    },
                ] as [String: Any]
            }
            return ["name": parameter.name, "unit": view.unit(parameter), "values": values] as [String: Any]
        }
    }

    private func period(_ entry: ParameterListing.Entry) -> Words {
        switch (entry.from.map { style.show($0) }, entry.until.map { style.show($0) }) {
        case (nil, nil): Words("不限", "always")
        case (let from?, nil): Words("\(from) 起", "since \(from)")
        case (nil, let until?): Words("至 \(until)", "until \(until)")
        case (let from?, let until?): Words("\(from) – \(until)", "\(from) – \(until)")
        }
    }

    var clauses: [[String: Any]] {
        let isChinese = style.language == .chinese
        return book.clauses.filter {
            isWanted($0.id, $0.title.chinese, $0.title.english, $0.text.chinese, $0.text.english)
        }
        .map { clause in
            var values: [String: Any] = [
                "id": clause.versionedID, "title": isChinese ? clause.title.chinese : clause.title.english,
                "text": isChinese ? clause.text.chinese : clause.text.english,
                "sources": clause.sources.map(\.description).joined(separator: "; "),
            ]
            if let reading = clause.reading { values["reading"] = RemarkTerms.text(reading, style.language) }
            return values
        }
    }
}
