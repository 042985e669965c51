import CivilTime
import Histories
import TrainingEvents

/// When the online application opens (TIP-01).
enum TIP01: Clause {
    static let id = "TIP-01"

    static func assess(
        _ application: Application, _ decisionCase: DecisionCase, _ rules: Shared<RegistrationRules>,
        _ verdict: inout Verdict<some Evidence>
    ) {
        let opensOn = decisionCase.startsOn.moved(months: -rules.opensMonths)
        let opens = Instant(startOf: opensOn).adding(minutes: rules.opensMinute)
        let isEarly = application.at < opens
        note(
            isEarly ? .failed : .met, in: &verdict,
            [
                "startsOn": .string(decisionCase.startsOn.description), "opensAt": .string(opens.description),
                "submittedAt": .string(application.at.description),
            ], events: decisionCase.ruled.history.fieldPositions + [application.position],
            lack: isEarly
                ? Lack("submittedAt", has: .string(application.at.description), needed: .string(opens.description))
                : nil)
        ARI02.note(
            .applied, in: &verdict.evidence,
            ["submittedOn": .string(application.at.taipeiDate.description), "offset": .string("+08:00")],
            events: [application.position], under: id)
    }
}

/// The order of applications (TIP-02).
enum TIP02: Clause {
    static let id = "TIP-02"

    /// The registration number of an application (報名序號): all of the class are numbered, in the order of their
    /// submission and then of recording.
    static func note(numbered application: Application, _ decisionCase: DecisionCase, in evidence: inout some Evidence)
    {
        note(
            .applied, in: &evidence,
            [
                "submittedAt": .string(application.at.description),
                "feePaid": .bool(!decisionCase.enrolment.fees.isEmpty),
                "isEnrolment": .bool(decisionCase.enrolment.started != nil),
            ], events: [application.position] + decisionCase.enrolment.fees.map(\.position))
    }
}

/// One of several classes whose sessions overlap (TIP-03).
enum TIP03: Clause {
    static let id = "TIP-03"

    /// The application or enrolment that came first keeps its place; a later one is refused [reading].
    static func assess(
        _ application: Application, _ decisionCase: DecisionCase, _ verdict: inout Verdict<some Evidence>
    ) {
        let overlapping = overlapping(application, decisionCase)
        note(
            overlapping.isEmpty ? .met : .failed, in: &verdict,
            ["overlapping": .array(overlapping.map { decisionCase.id(of: $0.ruled.history.number) })],
            events: [application.position] + [decisionCase.classHistory.schedulePosition].compactMap(\.self)
                + overlapping.flatMap(\.positions),
            lack: overlapping.isEmpty
                ? nil
                : Lack(
                    "withdrawal", has: .array(overlapping.map { decisionCase.id(of: $0.ruled.history.number) })))
    }

    private struct Overlap {
        let enrolment: Enrolment
        let ruled: RuledClass

        var positions: [UInt64] {
            [enrolment.application?.position, enrolment.started?.position, ruled.history.schedulePosition]
                .compactMap(\.self)
        }
    }

    /// What came first, is live, and has a session over one of this class. A live application or enrolment counts;
    /// withdrawn, refused, forfeited, cancelled or ended does not.
    private static func overlapping(_ application: Application, _ decisionCase: DecisionCase) -> [Overlap] {
        let person = decisionCase.person
        guard person.enrolments.count > 1 else { return [] }
        let own = Rank(application)
        var overlapping: [Overlap] = []
        // By index: most are passed over, and a copy of each would cost more than looking.
        for index in person.enrolments.indices {
            let number = person.enrolments[index].classNumber
            // An enrolment that has ended is not live, whatever else it is.
            if number == decisionCase.enrolment.classNumber { continue }
            if person.enrolments[index].started != nil, person.enrolments[index].ending != nil { continue }
            guard let ruled = decisionCase.engine.ruled(number), ruled.cancelled == nil else { continue }
            let other = person.enrolments[index]
            guard let rank = Rank(other), rank < own, other.started != nil || other.isAwaitingStart,
                decisionCase.ruled.history.overlaps(ruled.history)
            else { continue }
            overlapping.append(Overlap(enrolment: other, ruled: ruled))
        }
        return overlapping
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
        guard let first = sessions.first, let last = sessions.last, let otherFirst = other.sessions.first,
            let otherLast = other.sessions.last, first.on <= otherLast.on, otherFirst.on <= last.on
        else { return false }
        var left = 0
        var right = 0
        while left < sessions.count, right < other.sessions.count {
            let (mine, theirs) = (sessions[left], other.sessions[right])
            if mine.on == theirs.on, mine.from < theirs.to, theirs.from < mine.to { return true }
            if (mine.on, mine.to) <= (theirs.on, theirs.to) { left += 1 } else { right += 1 }
        }
        return false
    }
}
