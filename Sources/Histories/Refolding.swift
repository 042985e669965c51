import CivilTime
package import TrainingEvents

/// An event that counts, with its position.
package struct LiveEvent: Sendable {
    package let position: UInt64
    package let event: Event

    package init(position: UInt64, event: Event) {
        self.position = position
        self.event = event
    }
}

extension LedgerHistories {
    /// Folds a retraction at the next position: what it was about is folded anew.
    ///
    /// The result is what folding the whole log without the retracted events gives. O(live events of the subject).
    ///
    /// - Parameter live: every event about the subject of the retraction that still counts, in the order of the log.
    package mutating func fold(retraction event: Event, at position: UInt64, refolding live: [LiveEvent]) {
        fold(event, at: position, isLive: false)
        switch event.subject {
        case .trainee(let number): refold(number, live)
        case .class(let number):
            guard Int(number.value) < classes.count else { return }
            classes[Int(number.value)] = Self.classHistory(number, live)
            refoldComplaints(about: event.subject, live)
        case .unit(let number):
            guard Int(number.value) < units.count else { return }
            units[Int(number.value)] = Self.unitHistory(number, live)
            refoldComplaints(about: event.subject, live)
        case .rulebook:
            guard case .eventRetracted(let retraction) = event.body else { return }
            adoptions.removeAll { $0.position == UInt64(clamping: retraction.targetPosition) }
        case .newTrainee, .newClass, .newUnit: break
        }
    }

    private mutating func refold(_ number: TraineeNumber, _ live: [LiveEvent]) {
        guard Int(number.value) < trainees.count else { return }
        var history: TraineeHistory?
        for entry in live {
            if let begun = TraineeHistory(number: number, entry.event.body, at: entry.position) {
                history = begun
            } else {
                history?.fold(entry.event.body, at: entry.position) { entry.event.envelope.time }
            }
        }
        trainees[Int(number.value)] = history
        relink(number)
    }

    /// A link stands if either side tells of it.
    private mutating func relink(_ number: TraineeNumber) {
        let own = trainee(number)?.links.map(\.other) ?? []
        for other in linkedIDs[number] ?? [] where !own.contains(other) {
            guard trainee(other)?.links.contains(where: { $0.other == number }) != true else { continue }
            linkedIDs[number]?.remove(other)
            linkedIDs[other]?.remove(number)
        }
        for other in own { join(number, other) }
    }

    private static func classHistory(_ number: ClassNumber, _ live: [LiveEvent]) -> ClassHistory? {
        var history: ClassHistory?
        for entry in live {
            if case .classApproved(let approved) = entry.event.body {
                history = ClassHistory(number: number, approved: approved.fields, at: entry.position)
            } else {
                history?.fold(entry.event.body, at: entry.position)
            }
        }
        return history
    }

    private static func unitHistory(_ number: UnitNumber, _ live: [LiveEvent]) -> UnitHistory? {
        var history: UnitHistory?
        for entry in live {
            if case .unitRegistered(let registered) = entry.event.body {
                history = UnitHistory(number: number, registered: registered.fields, at: entry.position)
            } else {
                history?.fold(entry.event.body, at: entry.position)
            }
        }
        return history
    }

    private mutating func refoldComplaints(about subject: Subject, _ live: [LiveEvent]) {
        let positions = live.map(\.position)
        complaints.removeAll { $0.about == subject && !positions.contains($0.position) }
    }
}

extension LedgerHistories {
    /// The adopted rulebooks that count once the event at the next position is folded.
    package func rulebooks(after event: Event) -> [AdoptedRulebook] {
        var adoptions = adoptions
        switch (event.subject, event.body) {
        case (.rulebook(let id), .rulebookAdopted(let adopted)):
            adoptions.append(
                AdoptedRulebook(id: id, digest: adopted.digest, from: adopted.from, position: eventCount))
        case (.rulebook, .eventRetracted(let retraction)):
            adoptions.removeAll { $0.position == UInt64(clamping: retraction.targetPosition) }
        default: break
        }
        let today = event.envelope.recordedTime.taipeiDate
        return adoptions.filter { $0.from <= today }
    }
}
