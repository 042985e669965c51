package import CivilTime
package import Histories
import TrainingEvents

/// Whom to match with the insurer on the first day of a class (投保勾稽名冊): everybody who has a place in it or waits for
/// one, and has not left by then.
package struct InsuranceMatchList: Sendable {
    /// The day to match: the start day (TIP-05).
    package let day: CivilDate
    /// One a person, in the order of registration.
    package let rows: [ReportRow]

    /// - Parameters:
    ///   - reader: opened with a request for `matchInsurance` of the class.
    ///   - histories: the facts at the point.
    /// - Throws: `unknown` for a class that does not stand; `access`, `personalData`, `log`, `record`.
    package init(
        of classID: String, _ reader: LedgerReader, _ histories: LedgerHistories, at point: LedgerPoint
    ) throws(LedgerError) {
        let history = try reader.standingClass(classID, in: histories)
        let day = history.startsOn
        self.day = day
        var rows: [ReportRow] = []
        for members in FactsDigest.persons(histories) {
            guard let person = histories.person(joining: members[...]),
                let enrolment = person.enrolments.first(where: { $0.classNumber == history.number }),
                Self.isMatched(enrolment, on: day)
            else { continue }
            let fields = try reader.fields(of: enrolment.trainee, inClass: classID, histories, at: point)
            rows.append(
                ReportRow([
                    "trainee": .string(histories.registry.trainees.id(of: enrolment.trainee)),
                    "class": .string(classID), "day": .string("\(day)"), "name": fields.name?.listed ?? .null,
                    "nationalId": fields.nationalID?.listed ?? .null,
                    "verifiedAsOf": person.verification(for: day).map { .string("\($0.asOf)") } ?? .null,
                ]))
        }
        self.rows = rows
    }

    private static func isMatched(_ enrolment: Enrolment, on day: CivilDate) -> Bool {
        guard enrolment.started != nil || enrolment.isAwaitingStart else { return false }
        return enrolment.leavingDay.map { $0 > day } ?? true
    }
}
