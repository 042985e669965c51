import CivilTime
package import TrainingEvents

extension LedgerHistories {
    /// Folds the event at the next position.
    ///
    /// Events must come in the order of the log. One that is not `isLive` – retracted, or left out because it
    /// happened later than asked for – keeps its number and its place and changes nothing else.
    package mutating func fold(_ event: Event, at position: UInt64, isLive: Bool) {
        registry.note(event.subject)
        fold(registered: event, at: position, isLive: isLive)
    }

    private mutating func fold(registered event: Event, at position: UInt64, isLive: Bool) {
        eventCount = position + 1
        lastRecordedTime = event.envelope.recordedTime
        if case .trainee(let number) = event.subject {
            guard isLive, Int(number.value) < trainees.count else { return }
            trainees[Int(number.value)]?.fold(event.body, at: position) { event.envelope.time }
            noteLink(event.body, of: number)
        } else if case .newTrainee = event.subject {
            let number = TraineeNumber(UInt32(trainees.count))
            trainees.append(isLive ? TraineeHistory(number: number, event.body, at: position) : nil)
        } else {
            foldOther(event.subject, event.body, at: position, isLive: isLive)
        }
    }

    /// Folds an event out of some: those of a few trainees, classes and units, in the order of the log. What stands
    /// between is passed over.
    ///
    /// - Parameter number: the number of the subject.
    package mutating func fold(_ event: Event, about number: UInt32, at position: UInt64, isLive: Bool) {
        switch event.subject {
        case .newTrainee(let id):
            trainees.pass(to: Int(number))
            registry.trainees.add(id, as: TraineeNumber(number))
        case .newClass(let id):
            classes.pass(to: Int(number))
            registry.classes.add(id, as: ClassNumber(number))
        case .newUnit(let id):
            units.pass(to: Int(number))
            registry.units.add(id, as: UnitNumber(number))
        case .trainee, .class, .unit, .rulebook: break
        }
        fold(registered: event, at: position, isLive: isLive)
    }

    /// Folds what an event about a class, a unit or a rulebook says; the registry is the caller's.
    mutating func foldOther(_ subject: Subject, _ body: EventBody, at position: UInt64, isLive: Bool) {
        switch subject {
        case .newClass:
            var history: ClassHistory?
            if isLive, case .classApproved(let approved) = body {
                let number = ClassNumber(UInt32(classes.count))
                history = ClassHistory(number: number, approved: approved.fields, at: position)
            }
            classes.append(history)
        case .newUnit:
            var history: UnitHistory?
            if isLive, case .unitRegistered(let registered) = body {
                let number = UnitNumber(UInt32(units.count))
                history = UnitHistory(number: number, registered: registered.fields, at: position)
            }
            units.append(history)
        case .class(let number) where isLive:
            noteComplaint(body, about: subject, at: position)
            guard Int(number.value) < classes.count else { return }
            classes[Int(number.value)]?.fold(body, at: position)
        case .unit(let number) where isLive:
            noteComplaint(body, about: subject, at: position)
            guard Int(number.value) < units.count else { return }
            units[Int(number.value)]?.fold(body, at: position)
        case .rulebook(let id) where isLive:
            guard case .rulebookAdopted(let adopted) = body else { return }
            adoptions.append(AdoptedRulebook(id: id, digest: adopted.digest, from: adopted.from, position: position))
        default: break
        }
    }

    private mutating func noteLink(_ body: EventBody, of number: TraineeNumber) {
        switch body {
        case .traineeLinked(let link): join(number, link.other)
        case .traineeUnlinked(let link):
            linkedIDs[number]?.remove(link.other)
            // The link may also stand from the other side; an unlinking ends only the one of its own subject.
            guard trainee(link.other)?.links.contains(where: { $0.other == number }) != true else {
                linkedIDs[number]?.insert(link.other)
                return
            }
            linkedIDs[link.other]?.remove(number)
        default: break
        }
    }

    /// Takes down that two IDs are one person's.
    mutating func join(_ one: TraineeNumber, _ other: TraineeNumber) {
        linkedIDs[one, default: []].insert(other)
        linkedIDs[other, default: []].insert(one)
    }

    private mutating func noteComplaint(_ body: EventBody, about subject: Subject, at position: UInt64) {
        guard case .complaintFiled(let filed) = body else { return }
        complaints.append(
            ComplaintFact(
                complaint: filed.complaint, about: subject, on: filed.on, county: filed.county,
                isConfidential: filed.confidential, position: position))
    }
}

extension TraineeHistory {
    /// The history that a registration begins; `nil` for any other event.
    init?(number: TraineeNumber, _ body: EventBody, at position: UInt64) {
        guard case .traineeRegistered(let registered) = body else { return nil }
        self.init(number: number, registered: registered.fields, at: position)
    }
}
