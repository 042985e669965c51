package import TrainingEvents

extension PersonalDataKeys {
    /// An event with its personal texts as far as they can be opened.
    ///
    /// - Parameter subjectID: the ID of what the event is about.
    /// - Throws: as ``open(_:_:of:)``.
    package func opened(_ event: Event, subjectID: String) throws(PersonalDataError) -> Event {
        guard event.type.hasPersonalTexts else { return event }
        let identity = EventIdentity(
            type: event.type, source: event.envelope.source, id: event.envelope.id, subject: event.subject,
            subjectID: subjectID)
        var failure: PersonalDataError?
        var opened = event
        opened.body = event.body.mappingPersonalTexts { field, text in
            guard failure == nil else { return text }
            do throws(PersonalDataError) { return try self.open(text, field, of: identity) } catch {
                failure = error
                return text
            }
        }
        if let failure { throw failure }
        return opened
    }
}
