import TrainingEvents

/// The events of one piece of input, read as far as that goes without the ledger.
struct ReadEvents: Sendable {
    let path: String
    private let texts: EventTexts.Block
    private let drafts: [Result<EventDraft, EventError>]

    /// Reads the texts of a block. O(bytes).
    init(_ texts: EventTexts.Block, path: String) {
        self.path = path
        self.texts = texts
        drafts = EventDraft.read(texts.bytes, texts: texts.texts.map { $0.isTooLong ? 0..<0 : $0.range })
    }

    var count: Int { drafts.count }

    /// The line on which an event begins, from 1.
    func line(_ index: Int) -> Int { texts.texts[index].line }

    /// An event, or why it is none.
    func draft(_ index: Int) throws(EventError) -> EventDraft {
        if texts.texts[index].isTooLong {
            throw EventError(
                .lineTooLong, found: "more than \(Limits.lineBytes) bytes",
                expected: "an event of at most \(Limits.lineBytes) bytes")
        }
        return try drafts[index].get()
    }

    /// The bytes of an event; none where it is too long.
    func text(_ index: Int) -> [UInt8] {
        let text = texts.texts[index]
        return text.isTooLong ? [] : Array(texts.bytes[text.range])
    }
}
