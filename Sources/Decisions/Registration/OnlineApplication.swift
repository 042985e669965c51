import CivilTime
import Histories
import TrainingEvents

/// When the online application opens (TIP-01).
enum TIP01: Clause {
    static let id = "TIP-01"

    static func assess(
        _ application: Application, _ decisionCase: DecisionCase, _ rules: RegistrationRules
    ) -> Assessed {
        let opensOn = decisionCase.startsOn.moved(months: -rules.opensMonths)
        let opens = Instant(startOf: opensOn).adding(minutes: rules.opensMinute)
        let isEarly = application.at < opens
        let facts: KeyValuePairs<String, JSONValue?> = [
            "startsOn": .string(decisionCase.startsOn.description), "opensAt": .string(opens.description),
            "submittedAt": .string(application.at.description),
        ]
        let lack = Lack(
            "submittedAt", has: .string(application.at.description), needed: .string(opens.description))
        let main = reason(
            isEarly ? .failed : .met, facts,
            events: decisionCase.classHistory.fieldPositions + [application.position], lack: isEarly ? lack : nil)
        let day = ARI02.reason(
            .applied, ["submittedOn": .string(application.at.taipeiDate.description), "offset": .string("+08:00")],
            events: [application.position], under: id)
        return Assessed(finding: isEarly ? .failed : .met, reason: main, supports: [day])
    }
}

/// The order of applications (TIP-02).
enum TIP02: Clause {
    static let id = "TIP-02"

    /// The registration number of an application (報名序號): all of the class are numbered, in the order of their
    /// submission and then of recording.
    static func numbered(_ application: Application, _ decisionCase: DecisionCase) -> Reason {
        let enrolment = decisionCase.enrolment
        return reason(
            .applied,
            [
                "submittedAt": .string(application.at.description), "feePaid": .bool(!enrolment.fees.isEmpty),
                "isEnrolment": .bool(enrolment.started != nil),
            ], events: [application.position] + enrolment.fees.map(\.position))
    }
}

/// One of several classes whose sessions overlap (TIP-03).
enum TIP03: Clause {
    static let id = "TIP-03"

    /// The application or enrolment that came first keeps its place; a later one is refused [reading].
    static func assess(_ application: Application, _ decisionCase: DecisionCase) -> Assessed {
        let own = Rank(application)
        var overlapping: [(Enrolment, ClassHistory)] = []
        for other in decisionCase.person.enrolments
        where other.classNumber != decisionCase.classHistory.number && isLive(other, decisionCase) {
            guard let rank = Rank(other), rank < own,
                let classHistory = decisionCase.engine.histories.class(other.classNumber),
                decisionCase.classHistory.overlaps(classHistory)
            else { continue }
            overlapping.append((other, classHistory))
        }
        let classes = overlapping.map { decisionCase.id(of: $0.1.number) }
        let events = overlapping.flatMap { enrolment, classHistory in
            [enrolment.application?.position, enrolment.started?.position, classHistory.schedulePosition]
                .compactMap(\.self)
        }
        let finding: Finding = classes.isEmpty ? .met : .failed
        let main = reason(
            Reason.Result(finding), ["overlapping": .array(classes)],
            events: [application.position] + [decisionCase.classHistory.schedulePosition].compactMap(\.self) + events,
            lack: classes.isEmpty ? nil : Lack("withdrawal", has: .array(classes)))
        return Assessed(finding: finding, reason: main)
    }

    /// A live application or enrolment counts; withdrawn, refused, forfeited, cancelled or ended does not.
    private static func isLive(_ enrolment: Enrolment, _ decisionCase: DecisionCase) -> Bool {
        guard decisionCase.engine.histories.class(enrolment.classNumber)?.cancelled == nil else { return false }
        return enrolment.started != nil ? enrolment.ending == nil : enrolment.isAwaitingStart
    }

    /// The order in which applications and enrolments came.
    private struct Rank: Comparable {
        let at: Instant
        let position: UInt64

        init(at: Instant, position: UInt64) {
            self.at = at
            self.position = position
        }

        init(_ application: Application) {
            self.init(at: application.at, position: application.position)
        }

        /// An enrolment that was admitted without an application goes before any application.
        init?(_ enrolment: Enrolment) {
            if let application = enrolment.application {
                self.init(application)
            } else if let position = enrolment.admission?.position ?? enrolment.started?.position {
                self.init(at: .earliest, position: position)
            } else {
                return nil
            }
        }

        static func < (left: Rank, right: Rank) -> Bool {
            (left.at, left.position) < (right.at, right.position)
        }
    }
}

/// The idle sign-out of the data page (TIP-22): no decision turns on it; whoever serves the page asks here.
package enum TIP22: Clause {
    static let id = "TIP-22"

    /// Whether a page that was left alone this long signs out.
    package static func signsOut(afterIdleMinutes minutes: Int, limit: Int) -> Bool { minutes >= limit }
}

/// Civil days are Taipei's (ARI-02).
enum ARI02: Clause {
    static let id = "ARI-02"
}

extension ClassHistory {
    /// Whether a session of one lies over a session of the other; touching ends do not (half-open intervals).
    ///
    /// O(sessions of both).
    func overlaps(_ other: ClassHistory) -> Bool {
        var left = sessions[...]
        var right = other.sessions[...]
        while let mine = left.first, let theirs = right.first {
            if mine.on == theirs.on, mine.from < theirs.to, theirs.from < mine.to { return true }
            if (mine.on, mine.to) <= (theirs.on, theirs.to) { left.removeFirst() } else { right.removeFirst() }
        }
        return false
    }
}
