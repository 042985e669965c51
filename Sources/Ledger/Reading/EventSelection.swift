package import Access
package import TrainingEvents

/// Which events are wanted.
package struct EventSelection: Sendable {
    /// The ID of the trainee, class, unit or rulebook that they are about.
    package var subject: String?
    /// The ID of a class that they are about or in.
    package var classID: String?
    /// Their types; all where there is none.
    package var types: Set<EventType>
    /// Whether personal texts are opened as far as the keys are there and the role sees them.
    package var opensTexts: Bool

    package init(
        subject: String? = nil, classID: String? = nil, types: Set<EventType> = [], opensTexts: Bool = true
    ) {
        self.subject = subject
        self.classID = classID
        self.types = types
        self.opensTexts = opensTexts
    }

    /// Whose record that is.
    package var accessSubject: AccessSubject {
        subject.map { .named($0) } ?? classID.map { .class($0) } ?? .everyone
    }

    func takes(_ event: Event, _ registry: Registry) -> Bool {
        guard types.isEmpty || types.contains(event.type) else { return false }
        if let subject, event.subject.id(in: registry) != subject { return false }
        guard let classID else { return true }
        if case .newClass(let own) = event.subject { return own == classID }
        return event.references.contains { reference in
            if case .class(let number) = reference { return registry.classes.id(of: number) == classID }
            return false
        }
    }
}

extension LedgerReader {
    /// Lends the selected events of a point in order, with the registry as it stands after each. Texts are as the role
    /// sees them that asked.
    ///
    /// - Throws: `access` if other events were asked for when the reader was opened; `log`, `record`, `personalData`.
    package func forEachEvent(
        _ selection: EventSelection = EventSelection(), at point: LedgerPoint,
        _ body: (UInt64, Event, Registry) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        try warrant.require(.readEvents)
        var view = EventView(selection, warrant)
        try view.requireGranted()
        var registry = Registry()
        try forEachRecord(upTo: point.eventCount) { position, record throws(LedgerError) in
            let event = try Self.decode(record, at: position)
            registry.note(event.subject)
            guard view.shows(event, registry), !point.leavesOut(event) else { return }
            try body(position, selection.opensTexts ? opened(event, registry) : warrant.masking(event), registry)
        }
    }
}

extension LedgerReader {
    /// The newest event of a type; `nil` if there is none. Looks back from the head.
    package func newestEvent(of type: EventType) throws(LedgerError) -> Event? {
        try warrant.requireEveryone(.readEvents)
        var position = head
        while position > 0 {
            position -= 1
            let event = try event(at: position)
            if event.type == type { return warrant.masking(event) }
        }
        return nil
    }
}

/// What of the selected events is within reach.
struct EventView {
    private let selection: EventSelection
    private let warrant: Warrant
    private var units: ClassUnits

    init(_ selection: EventSelection, _ warrant: Warrant) {
        self.selection = selection
        self.warrant = warrant
        units = ClassUnits()
    }

    /// Refuses what was not asked for at the door.
    func requireGranted() throws(LedgerError) {
        guard let granted = warrant.subject, granted != .everyone else { return }
        let isMeant = granted.id == selection.subject ?? selection.classID
        if !isMeant { throw .access(AccessError(.notPermitted, .readEvents)) }
    }

    mutating func shows(_ event: Event, _ registry: Registry) -> Bool {
        if warrant.units != nil { units.note(event, registry) }
        guard selection.takes(event, registry) else { return false }
        if let granted = warrant.subject, selection.subject != nil, !granted.isKind(of: event.subject) { return false }
        return units.isWithin(warrant.units, event, registry)
    }
}

extension AccessSubject {
    /// Whether an event's subject is of the kind that was granted: the same ID may be that of a trainee and of a class.
    fileprivate func isKind(of subject: Subject) -> Bool {
        switch (self, subject) {
        case (.everyone, _): true
        case (.trainee, .trainee), (.trainee, .newTrainee), (.class, .class), (.class, .newClass): true
        case (.unit, .unit), (.unit, .newUnit): true
        default: false
        }
    }
}
