import Histories
import TrainingEvents

/// The seats of a class and who is given them, in order (TIP-19).
struct SeatPlan {
    /// Seats as approved (核定人數).
    let approved: Int64
    /// Seats beyond them that are not subsidised; `nil` without a cap.
    let extra: Int64?
    /// The most for the employees of one employer; `nil` where the rule does not hold.
    let perEmployer: Int64?
    private(set) var subsidisedTaken: Int64 = 0
    private(set) var extraTaken: Int64 = 0
    private var byEmployer: [String: Int64] = [:]

    /// Halves and fifths round down; in a credit course only the subsidised seats are capped. Pre-employment classes
    /// have the approved seats and no others.
    init(_ classHistory: ClassHistory, _ rules: Shared<AdmissionRules>) {
        approved = classHistory.fields.seats ?? 0
        guard rules.quotaProgrammes.contains(classHistory.programme) else {
            extra = 0
            perEmployer = nil
            return
        }
        extra = classHistory.fields.creditCourse == true ? nil : rules.extraRate.roundedDown(of: approved)
        perEmployer = rules.employerRate.roundedDown(of: approved)
    }

    /// Whether an employer has all the seats that its employees may take.
    func isFull(for employer: String?) -> Bool {
        guard let employer, let perEmployer else { return false }
        return byEmployer[Self.name(employer), default: 0] >= perEmployer
    }

    /// The name by which an employer is counted: white space, case, full-width letters and 台 for 臺 make no other
    /// employer [reading].
    private static func name(_ employer: String) -> String {
        var name = ""
        for scalar in employer.lowercased().unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: name.unicodeScalars.append(UnicodeScalar(UInt8(scalar.value - 0xFEE0)))
            case 0x3000: continue
            case 0x53F0: name.append("臺")
            default: if !scalar.properties.isWhitespace { name.unicodeScalars.append(scalar) }
            }
        }
        return name.lowercased()
    }

    /// Gives the next seat: subsidised ones first, then extra ones, else a place among the alternates.
    mutating func seat(for employer: String?) -> AdmissionSeat {
        guard !isFull(for: employer) else { return .alternate }
        let seat: AdmissionSeat
        if subsidisedTaken < approved {
            subsidisedTaken += 1
            seat = .subsidised
        } else if extra.map({ extraTaken < $0 }) ?? true {
            extraTaken += 1
            seat = .extra
        } else {
            return .alternate
        }
        if let employer { byEmployer[Self.name(employer), default: 0] += 1 }
        return seat
    }

    /// A seat that was given up too late for an alternate to move up (PRE-10).
    mutating func keepEmpty() {
        if subsidisedTaken < approved { subsidisedTaken += 1 }
    }
}

extension TIP19 {
    /// The seat of an applicant, and what decided it.
    static func note<Kept: Evidence>(
        _ seat: AdmissionSeat, _ plan: SeatPlan, _ applicant: Applicant<Kept>, in classHistory: ClassHistory,
        employerFull: Bool, in evidence: inout Kept
    ) {
        note(
            seat == .alternate ? .pending : .met, in: &evidence,
            [
                "seat": .string(seat.rawValue), "approvedSeats": .integer(plan.approved),
                "extraSeats": plan.extra.map { .integer($0) },
                "employerSeats": applicant.application.employer == nil ? nil : plan.perEmployer.map { .integer($0) },
                "employerFull": .bool(employerFull),
            ], events: classHistory.fieldPositions + [applicant.application.position],
            lack: seat == .alternate ? lack(plan, employerFull: employerFull) : nil)
    }

    private static func lack(_ plan: SeatPlan, employerFull: Bool) -> Lack {
        employerFull
            ? Lack("employerSeats", has: plan.perEmployer.map { .integer($0) })
            : Lack("seats", has: .integer(plan.approved + (plan.extra ?? 0)))
    }
}
