/// What a template shows: texts, truths, and lists and groups of them, made on one thread and read on another.
struct PageValues: @unchecked Sendable {
    let values: [String: Any]

    init(_ values: [String: Any]) { self.values = values }
}
