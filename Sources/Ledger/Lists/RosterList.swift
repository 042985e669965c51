package import Histories
package import TrainingEvents

/// Who has to do with a class (學員名冊): how far each of them has come, and their attendance.
package struct RosterList: Sendable {
    /// How far somebody has come in a class.
    package enum Standing: String, Sendable, CaseIterable {
        /// An application that stands (報名).
        case applied
        /// The application was withdrawn or refused.
        case applicationClosed
        /// A seat (正取).
        case admitted
        /// A place in the order behind the seats (備取).
        case alternate
        /// The place was given up or lapsed (放棄).
        case forfeited
        /// Joined (在訓).
        case started
        case withdrawn, expelled, completed
    }

    /// One person.
    package struct Entry: Sendable {
        /// The ID that joined the class, or is registered first.
        package let trainee: String
        /// As far as the keys are there and the role sees it; `null` for nobody's.
        package let name: JSONValue
        package let standing: Standing
        package let enrolment: Enrolment
        /// For those who joined.
        package let attendance: AttendanceSummary?
    }

    /// In the order of registration.
    package let entries: [Entry]
    package let classHistory: ClassHistory

    /// - Parameters:
    ///   - reader: opened with a request for `readRoster` of the class.
    ///   - histories: the facts at the point.
    /// - Throws: `unknown` for a class that does not stand; `access`, `personalData`, `log`, `record`.
    package init(
        of classID: String, _ reader: LedgerReader, _ histories: LedgerHistories, at point: LedgerPoint
    ) throws(LedgerError) {
        try reader.requireList(of: classID)
        let history = try reader.standingClass(classID, in: histories)
        var entries: [Entry] = []
        for members in FactsDigest.persons(histories) {
            guard let person = histories.person(joining: members[...]),
                let enrolment = person.enrolments.first(where: { $0.classNumber == history.number })
            else { continue }
            let fields = try reader.fields(of: enrolment.trainee, inClass: classID, histories, at: point)
            entries.append(
                Entry(
                    trainee: histories.registry.trainees.id(of: enrolment.trainee), name: fields.name?.listed ?? .null,
                    standing: Standing(of: enrolment), enrolment: enrolment,
                    attendance: enrolment.started == nil ? nil : AttendanceSummary(of: enrolment, in: history)))
        }
        self.entries = entries
        classHistory = history
    }

    /// The columns of ``rows``.
    package static let columns = [
        "trainee", "name", "standing", "rank", "on", "presentMinutes", "leaveMinutes", "truancyMinutes",
    ]

    /// A row a person.
    package var rows: [ReportRow] {
        entries.map { entry in
            let minutes = entry.attendance
            return ReportRow([
                "trainee": .string(entry.trainee), "name": entry.name, "standing": .string(entry.standing.rawValue),
                "rank": entry.enrolment.admission?.rank.map { .integer($0) } ?? .null,
                "on": entry.enrolment.started.map { .string("\($0.on)") } ?? .null,
                "presentMinutes": minutes.map { .integer($0.minutesPresent) } ?? .null,
                "leaveMinutes": minutes.map { .integer($0.minutesLeave) } ?? .null,
                "truancyMinutes": minutes.map { .integer($0.minutesTruancy) } ?? .null,
            ])
        }
    }
}

extension RosterList.Standing {
    init(of enrolment: Enrolment) {
        switch enrolment.ending?.kind {
        case .withdrawn: self = .withdrawn
        case .expelled: self = .expelled
        case .completed: self = .completed
        case nil:
            if enrolment.started != nil {
                self = .started
            } else if enrolment.forfeited != nil {
                self = .forfeited
            } else if let admission = enrolment.admission {
                self = admission.seat == .alternate ? .alternate : .admitted
            } else {
                self = enrolment.isAwaitingStart ? .applied : .applicationClosed
            }
        }
    }
}
