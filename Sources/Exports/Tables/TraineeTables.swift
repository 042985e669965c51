import CivilTime
import Histories
import Ledger
import TrainingEvents

/// A request for leave.
struct LeaveRow: Sendable {
    let of: EnrolmentRow
    let request: LeaveRequest
}

extension ExportTable {
    /// No personal text is in it, and of the date of birth the year alone: a list of everyone needs no more.
    static let trainees = ExportTable(
        "trainees", "a trainee ID (學員); IDs of one person have the same person",
        key: ["trainee"],
        columns: [
            .text("trainee", "the ID") { $0.id },
            .text("person", "the ID registered first of the same person", of: "trainees (trainee)") { $0.personID },
            .integer("birth_year", "the year of birth") { Int64($0.history.birthDate.parts.year) },
            .code("sex", "as registered") { $0.history.sex },
            .code("nationality", "as registered") { $0.history.nationality },
            .day("erased_on", "when the personal texts were destroyed", isOptional: true) { $0.history.erasedOn },
        ] as [ExportColumn<TraineeRow>],
        rows: { source, body throws(LedgerError) in try source.forEachTrainee(body) })

    static let enrolments = ExportTable(
        "enrolments", "what a person has to do with a class: application, admission, enrolment (參訓)",
        key: ["person", "class"],
        columns: [
            .text("person", "the person", of: "trainees (trainee)") { $0.person.id },
            .text("class", "the class", of: "classes (class)") { $0.classID },
            .text("trainee", "the ID under which the person joined", of: "trainees (trainee)") {
                $0.source.trainee($0.enrolment.trainee)
            },
            .text("applied_at", "when the last application came in", isOptional: true) { row in
                row.enrolment.application.map { "\($0.at)" }
            },
            .word(
                "application", "what became of it", among: ["live", "withdrawn", "refused"], isOptional: true
            ) { $0.application },
            .code("identity_claimed", "the category claimed with it", isOptional: true) {
                $0.enrolment.application?.identityClaimed
            },
            .integer("written", "marks of the written part, 0 to 100", isOptional: true) {
                $0.enrolment.score?.written
            },
            .integer("oral", "marks of the oral part", isOptional: true) { $0.enrolment.score?.oral },
            .integer("interview", "marks of the interview", isOptional: true) { $0.enrolment.score?.interview },
            .code("seat", "the seat admitted to", isOptional: true) { $0.enrolment.admission?.seat },
            .integer("rank", "the rank at admission", isOptional: true) { $0.enrolment.admission?.rank },
            .day("started_on", "the joining day (報到日)", isOptional: true) { $0.enrolment.started?.on },
            .day("forfeited_on", "when the place was given up", isOptional: true) { $0.enrolment.forfeited?.on },
            .word("ending", "how it ended", among: ["withdrawn", "expelled", "completed"], isOptional: true) {
                $0.ending
            },
            .text("ending_reason", "why it ended early", isOptional: true) { $0.endingReason },
            .day("ended_on", "the leaving day, or that of completion", isOptional: true) { $0.enrolment.ending?.on },
            .flag("certificate", "whether a certificate was given", isOptional: true) {
                $0.enrolment.ending?.hasCertificate
            },
            .day("survey_on", "when the survey was handed in", isOptional: true) { $0.enrolment.survey?.on },
            .integer("fees_paid_ntd", "fees paid, in NT$") { row in row.fees { !$0.isRefund } },
            .integer("fees_refunded_ntd", "fees paid back, in NT$") { row in -row.fees { $0.isRefund } },
        ] as [ExportColumn<EnrolmentRow>],
        rows: { source, body throws(LedgerError) in try source.forEachEnrolment(body) })

    static let leaveRequests = ExportTable(
        "leave_requests", "a request for leave (請假)",
        key: ["event"], references: ["(person, class) REFERENCES enrolments (person, class)"],
        columns: [
            .integer("event", "the position of its event in the log") { Int64(clamping: $0.request.position) },
            .text("person", "who asks") { $0.of.person.id },
            .text("class", "in which class") { $0.of.classID },
            .text("request", "the ID of the request") { $0.request.request },
            .day("on_day", "the day asked for") { $0.request.on },
            .integer("minutes", "how long") { $0.request.minutes },
            .code("kind", "what for") { $0.request.kind },
            .word("state", "what was decided", among: ["open", "approved", "rejected"]) { row in
                row.request.decision.map { $0.isApproved ? "approved" : "rejected" } ?? "open"
            },
        ] as [ExportColumn<LeaveRow>],
        rows: { source, body throws(LedgerError) in
            try source.forEachEnrolment { row throws(LedgerError) in
                for request in row.enrolment.leaveRequests { try body(LeaveRow(of: row, request: request)) }
            }
        })
}

extension EnrolmentRow {
    fileprivate var application: String? {
        guard let application = enrolment.application else { return nil }
        return application.closed == nil ? "live" : application.isWithdrawn ? "withdrawn" : "refused"
    }

    fileprivate var ending: String? {
        switch enrolment.ending?.kind {
        case .withdrawn: "withdrawn"
        case .expelled: "expelled"
        case .completed: "completed"
        case nil: nil
        }
    }

    fileprivate var endingReason: String? {
        enrolment.ending?.withdrawalReason?.name ?? enrolment.ending?.expulsionReason?.name
    }

    /// The sum of some of the fees in NT$; of refunds it is negative.
    fileprivate func fees(_ isTaken: (FeeFact) -> Bool) -> Int64 {
        enrolment.fees.reduce(0) { isTaken($1) ? $0 + $1.amountNTD : $0 }
    }
}
