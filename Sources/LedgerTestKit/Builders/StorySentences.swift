package import TrainingEvents

// What happens to units, classes and trainees, said in sentences. `today` is when; the days in a sentence are the
// days it speaks of.

/// A lesson: a day, and from when to when.
package struct Lesson: Hashable, Sendable {
    package let on: Day
    package let from: String
    package let to: String

    package init(_ on: Day, _ from: String = "09:00", _ to: String = "12:00") {
        self.on = on
        self.from = from
        self.to = to
    }
}

extension Story {
    /// A unit is registered.
    @discardableResult
    package mutating func register(unit: String, kind: UnitKind = .foundation) -> UInt64 {
        tell(
            .unitRegistered, about: unit,
            ["name": .string(unit), "kind": .string(kind.name), "county": "新北市", "foundedOn": "2001-01-01"])
    }

    /// A class is approved, under the unit `U-1`, which is registered first if it has to be.
    @discardableResult
    package mutating func approve(
        _ id: String = "C-1", _ programme: Programme = .industryTalent, fee: Int64 = 10_000, from: Day, to: Day,
        half: Bool = false, limits: (truancy: Int64, leave: Int64)? = nil, delivery: Delivery? = nil,
        courseName: String? = nil
    ) -> UInt64 {
        if !events.contains(where: { $0.subject == .newUnit("U-1") }) { register(unit: "U-1") }
        let own = limits.map {
            JSONValue.members(["truancyPercent": .integer($0.truancy), "leavePercent": .integer($0.leave)])
        }
        return tell(
            .classApproved, about: id,
            [
                "programme": .string(programme.name), "courseName": .string(courseName ?? "course of \(id)"),
                "unit": "U-1", "county": "新北市", "fee": .integer(fee), "seats": 20, "startsOn": from.json,
                "endsOn": to.json, "selection": "firstCome", "feeCollection": half ? "half" : nil,
                "delivery": delivery.map { .string($0.name) }, "attendanceLimits": own,
            ])
    }

    /// Fields of a class are amended.
    @discardableResult
    package mutating func amend(_ id: String = "C-1", _ fields: [String: JSONValue]) -> UInt64 {
        var members = fields.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
        members.append(JSONValue.Member("reason", "a correction"))
        return tell(.classAmended, about: id, object: members)
    }

    /// The timetable of a class, whole.
    @discardableResult
    package mutating func schedule(_ id: String = "C-1", _ lessons: [Lesson]) -> UInt64 {
        let sessions = lessons.map {
            JSONValue.members(["on": $0.on.json, "from": .string($0.from), "to": .string($0.to)])
        }
        return tell(.classScheduled, about: id, ["sessions": .array(sessions)])
    }

    @discardableResult
    package mutating func cancel(_ id: String = "C-1", on: Day) -> UInt64 {
        tell(.classCancelled, about: id, ["on": on.json, "reason": "too few came"])
    }

    @discardableResult
    package mutating func close(_ id: String = "C-1", on: Day) -> UInt64 {
        tell(.classClosed, about: id, ["on": on.json])
    }

    @discardableResult
    package mutating func register(
        _ id: String = "T-1", born: Day = "1990-05-05", sex: Sex = .female, nationality: Nationality = .national
    ) -> UInt64 {
        tell(
            .traineeRegistered, about: id,
            ["birthDate": born.json, "sex": .string(sex.name), "nationality": .string(nationality.name)])
    }

    /// Two IDs are of one person.
    @discardableResult
    package mutating func link(_ id: String, _ other: String) -> UInt64 {
        tell(.traineeLinked, about: id, ["other": .string(other), "evidence": "the same card", "on": today.json])
    }

    @discardableResult
    package mutating func unlink(_ id: String, _ other: String) -> UInt64 {
        tell(.traineeUnlinked, about: id, ["other": .string(other), "evidence": "twins", "on": today.json])
    }
}

extension Story {
    @discardableResult
    package mutating func applies(_ id: String = "T-1", to classID: String = "C-1") -> UInt64 {
        tell(
            .applicationSubmitted, about: id,
            ["class": .string(classID), "at": .string("\(today.date)T12:00:00+08:00")])
    }

    @discardableResult
    package mutating func isAdmitted(
        _ id: String = "T-1", to classID: String = "C-1", seat: Seat = .subsidised
    ) -> UInt64 {
        tell(.enrolmentAdmitted, about: id, ["class": .string(classID), "seat": .string(seat.name)])
    }

    @discardableResult
    package mutating func forfeits(_ id: String = "T-1", _ classID: String = "C-1", on: Day) -> UInt64 {
        tell(.enrolmentForfeited, about: id, ["class": .string(classID), "on": on.json])
    }

    @discardableResult
    package mutating func starts(_ id: String = "T-1", in classID: String = "C-1", on: Day) -> UInt64 {
        tell(.enrolmentStarted, about: id, ["class": .string(classID), "on": on.json])
    }

    /// The minutes present on a day.
    @discardableResult
    package mutating func attends(
        _ id: String = "T-1", in classID: String = "C-1", on: Day, minutes: Int64
    ) -> UInt64 {
        tell(
            .attendanceRecorded, about: id,
            ["class": .string(classID), "on": on.json, "presentMinutes": .integer(minutes)])
    }

    /// Present for the whole of each lesson's day.
    package mutating func attendsAll(_ id: String = "T-1", in classID: String = "C-1", _ lessons: [Lesson]) {
        var minutes: [Day: Int64] = [:]
        for lesson in lessons { minutes[lesson.on, default: 0] += lesson.minutes }
        for (day, sum) in minutes.sorted(by: { $0.key.date < $1.key.date }) {
            attends(id, in: classID, on: day, minutes: sum)
        }
    }

    /// Leave is asked for, and granted at once unless `approved` is false.
    package mutating func takesLeave(
        _ id: String = "T-1", from classID: String = "C-1", request: String, on: Day, minutes: Int64,
        approved: Bool = true
    ) {
        tell(
            .leaveRequested, about: id,
            [
                "class": .string(classID), "request": .string(request), "on": on.json, "minutes": .integer(minutes),
                "kind": "personal",
            ])
        if approved { approvesLeave(id, from: classID, request: request) }
    }

    @discardableResult
    package mutating func approvesLeave(
        _ id: String = "T-1", from classID: String = "C-1", request: String, approved: Bool = true
    ) -> UInt64 {
        tell(
            approved ? .leaveApproved : .leaveRejected, about: id,
            ["class": .string(classID), "request": .string(request)])
    }

    @discardableResult
    package mutating func leaves(_ id: String = "T-1", _ classID: String = "C-1", on: Day) -> UInt64 {
        tell(.enrolmentWithdrawn, about: id, ["class": .string(classID), "on": on.json, "reason": "family"])
    }

    @discardableResult
    package mutating func isExpelled(_ id: String = "T-1", from classID: String = "C-1", on: Day) -> UInt64 {
        tell(.enrolmentExpelled, about: id, ["class": .string(classID), "on": on.json, "reason": "conduct"])
    }

    @discardableResult
    package mutating func completes(
        _ id: String = "T-1", _ classID: String = "C-1", on: Day, certificate: Bool = true
    ) -> UInt64 {
        tell(
            .enrolmentCompleted, about: id,
            ["class": .string(classID), "on": on.json, "certificate": .bool(certificate)])
    }

    @discardableResult
    package mutating func fillsInSurvey(_ id: String = "T-1", of classID: String = "C-1", on: Day) -> UInt64 {
        tell(.surveySubmitted, about: id, ["class": .string(classID), "on": on.json])
    }

    @discardableResult
    package mutating func pays(
        fee: Int64, _ id: String = "T-1", for classID: String = "C-1", on: Day, refund: Bool = false
    ) -> UInt64 {
        tell(
            refund ? .feeRefunded : .feePaid, about: id,
            ["class": .string(classID), "amount": .integer(fee), "on": on.json])
    }
}

extension Lesson {
    /// Minutes from the first to the last.
    package var minutes: Int64 {
        guard let first = MinuteOfDay(from), let last = MinuteOfDay(to) else { return 0 }
        return Int64(last.minutes - first.minutes)
    }
}
