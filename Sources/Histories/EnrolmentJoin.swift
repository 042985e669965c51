import TrainingEvents

extension Enrolment {
    /// The enrolments of one person, one per class: what IDs of the same person did in one class is joined, in
    /// the order of the log (contract, `trainee.linked`). O(enrolments²) of one person.
    static func joined(_ enrolments: [Enrolment]) -> [Enrolment] {
        var result: [Enrolment] = []
        for enrolment in enrolments {
            if let index = result.firstIndex(where: { $0.classNumber == enrolment.classNumber }) {
                result[index] = result[index].joined(with: enrolment)
            } else {
                result.append(enrolment)
            }
        }
        return result
    }

    /// Both as one: of what there is one of, the later recorded counts.
    private func joined(with other: Enrolment) -> Enrolment {
        // The ID that joined the class leads; if both or none did, the one registered first.
        let otherLeads = started == nil && other.started != nil
        var result = Enrolment(trainee: otherLeads ? other.trainee : trainee, classNumber: classNumber)
        result.otherIDs = (trainees + other.trainees).filter { $0 != result.trainee }
        // Of two applications that stand the one that was submitted first keeps its place (TIP-02).
        result.application =
            Self.earlier(standing(application), other.standing(other.application))
            ?? Self.later(application, other.application, \.position)
        let others = [application, other.application].compactMap(\.self).filter { $0 != result.application }
        result.earlierApplications = (earlierApplications + other.earlierApplications + others)
            .sorted { $0.position < $1.position }
        result.score = Self.later(score, other.score, \.position)
        result.admission = Self.later(admission, other.admission, \.position)
        result.started = Self.later(started, other.started, \.position)
        result.forfeited =
            isAwaitingStart || other.isAwaitingStart ? nil : Self.later(forfeited, other.forfeited, \.position)
        result.forfeitures = (forfeitures + other.forfeitures).sorted { $0.position < $1.position }
        result.ending = Self.later(ending, other.ending, \.position)
        // Who left under one ID and joined again under the other is enrolled.
        if let started = result.started, let ending = result.ending, ending.kind != .completed,
            ending.position < started.position, ending.on <= started.on
        {
            result.ending = nil
        }
        result.fees = (fees + other.fees).sorted { $0.position < $1.position }
        result.attendance = attendance.joined(with: other.attendance)
        result.leaveRequests = (leaveRequests + other.leaveRequests).sorted { $0.position < $1.position }
        result.survey = Self.later(survey, other.survey, \.position)
        result.inspectionEvaded = Self.later(inspectionEvaded, other.inspectionEvaded, \.position)
        result.allowanceApplications = (allowanceApplications + other.allowanceApplications)
            .sorted { $0.position < $1.position }
        return result
    }

    /// The application unless it is withdrawn, refused or forfeited: one that stands goes before one that does not.
    private func standing(_ application: Application?) -> Application? {
        application?.closed == nil && forfeited == nil ? application : nil
    }

    private static func earlier(_ left: Application?, _ right: Application?) -> Application? {
        guard let left, let right else { return left ?? right }
        return (left.at, left.position) < (right.at, right.position) ? left : right
    }

    private static func later<Fact>(_ left: Fact?, _ right: Fact?, _ position: (Fact) -> UInt64) -> Fact? {
        guard let left, let right else { return left ?? right }
        return position(left) < position(right) ? right : left
    }
}

extension AttendanceRecords {
    /// The records of both; of two for one day the later recorded counts.
    func joined(with other: AttendanceRecords) -> AttendanceRecords {
        guard !other.records.isEmpty else { return self }
        guard !records.isEmpty else { return other }
        var result = AttendanceRecords()
        for record in (records + other.records).sorted(by: { ($0.on, $0.position) < ($1.on, $1.position) }) {
            result.set(Int64(record.minutesPresent), on: record.on, at: record.position)
        }
        return result
    }
}
