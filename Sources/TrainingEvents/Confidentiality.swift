extension Event {
    /// The event as somebody may see it: a complaint marked confidential shows its author to nobody but its handler
    /// (TIP-18).
    ///
    /// - Parameter reader: the name of the handler who asks; `nil` for anybody else.
    package func withholdingAuthor(from reader: String?) -> Event {
        guard case .complaintFiled(var complaint) = body, complaint.confidential, complaint.author != nil else {
            return self
        }
        if let reader, complaint.handler == .plain(reader) { return self }
        complaint.author = nil
        var event = self
        event.body = .complaintFiled(complaint)
        return event
    }

    /// Whether another form of this event lacks the author that confidentiality withholds.
    package func hasAuthorWithheld(in other: Event) -> Bool {
        guard case .complaintFiled(let own) = body, case .complaintFiled(let shown) = other.body else { return false }
        return own.confidential && own.author != nil && shown.author == nil
    }
}
