import Crypto
import TrainingEvents

/// An event that a row, or several, stands for.
package struct SheetEvent: Sendable {
    let type: EventType
    let subject: String
    /// When it happened, RFC 3339.
    let time: String
    let data: [JSONValue.Member]
    /// What tells it from every other event of its kind of spreadsheet, whatever else it says.
    let key: [String]
    /// Whether a row that says something else of the same is a new event, and no contradiction.
    let isCorrectable: Bool
    /// Whether it is of the same row as the one before it, and needs that.
    let followsOther: Bool
    let row: SheetPlace
    /// Where its fields come from, by their path.
    let places: [String: SheetPlace]

    init(
        _ type: EventType, about subject: String, at time: String, _ data: [JSONValue.Member], key: [String],
        isCorrectable: Bool, followsOther: Bool = false, line: Int, places: [String: SheetPlace]
    ) {
        self.type = type
        self.subject = subject
        self.time = time
        self.data = data
        self.key = key
        self.isCorrectable = isCorrectable
        self.followsOther = followsOther
        row = SheetPlace(line: line, column: "")
        self.places = places
    }

    /// The ID of the event that says it for the n-th time: 32 hexadecimal digits that follow from the key, and n.
    func id(_ revision: Int) -> String { "\(Self.digest(key))-\(revision)" }

    /// 16 bytes that follow from the parts, in letters: digits could look like a personal number.
    package static func digest(_ parts: [String]) -> String {
        let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
        return SHA256.hash(data: Array(text.utf8)).prefix(16).map { byte in
            [byte >> 4, byte & 0x0F].map { String(UnicodeScalar(UInt8(ascii: "a") + $0)) }.joined()
        }.joined()
    }

    /// The event as people and systems send it.
    func json(source: String, revision: Int) -> JSONValue {
        .members([
            "specversion": .string("1.0"), "id": .string(id(revision)), "source": .string(source),
            "type": .string(type.name), "subject": .string(subject), "time": .string(time), "data": .object(data),
        ])
    }

    /// Where a field of the event comes from: of `data.spells[1].from` the row of the second spell.
    func place(of field: String) -> SheetPlace {
        var path = field[...]
        while !path.isEmpty {
            if let place = places[String(path)] { return place }
            guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { break }
            path = path[..<end]
        }
        return row
    }
}
