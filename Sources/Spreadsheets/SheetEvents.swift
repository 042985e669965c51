import TrainingEvents

/// The events that the rows of a spreadsheet stand for.
struct SheetEvents {
    private(set) var events: [SheetEvent] = []
    private(set) var faults: [SpreadsheetFault]
    /// The line on which each key stands.
    private var lines: [[String]: Int] = [:]

    /// O(rows).
    init(_ reading: SheetReading, _ kind: SpreadsheetKind) {
        faults = reading.faults
        switch kind {
        case .applications: for row in reading.rows { addApplication(row) }
        case .attendance: for row in reading.rows { addAttendance(row) }
        case .selectionScores: for row in reading.rows { addScores(row) }
        case .leaveRequests: for row in reading.rows { addLeave(row) }
        case .insuranceResults: addInsurance(reading.rows, faulty: reading.faultyRows)
        }
    }

    private mutating func addApplication(_ row: SheetRow) {
        guard isNew([row.text("class"), row.text("trainee"), row.text("at")], row) else { return }
        add(
            .applicationSubmitted, row, at: row.text("at"),
            row.members("class", "at", "employer", "identityClaimed", "specialProject", "documents"),
            key: ["application", row.text("class"), row.text("trainee"), row.text("at")], isCorrectable: false,
            places: row.places("class", "at", "employer", "identityClaimed", "specialProject", "documents"))
    }

    private mutating func addAttendance(_ row: SheetRow) {
        let key = ["attendance", row.text("class"), row.text("trainee"), row.text("on")]
        guard isNew(key, row) else { return }
        add(
            .attendanceRecorded, row, at: Self.beginning(of: row.text("on")),
            row.members("class", "on", "presentMinutes"), key: key, isCorrectable: true,
            places: row.places("class", "on", "presentMinutes"))
    }

    private mutating func addScores(_ row: SheetRow) {
        let key = ["score", row.text("class"), row.text("trainee")]
        guard isNew(key, row) else { return }
        add(
            .selectionScored, row, at: Self.beginning(of: row.text("on")),
            row.members("class", "written", "oral", "interview", "minutesLate"), key: key, isCorrectable: true,
            places: row.places("class", "written", "oral", "interview", "minutesLate"))
    }

    private mutating func addLeave(_ row: SheetRow) {
        let given = row.text("request")
        let facts = [row.text("on"), row.text("from"), row.text("kind")]
        let key = ["leave", row.text("class"), row.text("trainee")] + (given.isEmpty ? facts : [given])
        guard isNew(key, row) else { return }
        let request = JSONValue.Member("request", .string(given.isEmpty ? SheetEvent.digest(key) : given))
        let time = Self.beginning(of: row.text("on"))
        add(
            .leaveRequested, row, at: time, row.members("class", "on", "from", "to", "minutes", "kind") + [request],
            key: key, isCorrectable: false,
            places: row.places("class", "request", "on", "from", "to", "minutes", "kind"))
        let decisions: [String: EventType] = ["approved": .leaveApproved, "rejected": .leaveRejected]
        guard let type = decisions[row.text("decision")] else { return }
        add(
            type, row, at: time, row.members("class") + [request], key: key + ["decision"], isCorrectable: true,
            followsOther: true, places: ["type": row.place(of: "decision")])
    }

    private mutating func add(
        _ type: EventType, _ row: SheetRow, at time: String, _ data: [JSONValue.Member], key: [String],
        isCorrectable: Bool, followsOther: Bool = false, places: [String: SheetPlace]
    ) {
        var places = places
        places["subject"] = row.place(of: "trainee")
        events.append(
            SheetEvent(
                type, about: row.text("trainee"), at: time, data, key: key, isCorrectable: isCorrectable,
                followsOther: followsOther, line: row.line, places: places))
    }

    /// Takes down a key; a second row of it is a fault.
    private mutating func isNew(_ key: [String], _ row: SheetRow) -> Bool {
        guard let line = lines.updateValue(row.line, forKey: key) else { return true }
        faults.append(
            SpreadsheetFault(
                .repeatedRow, line: row.line, found: "what line \(line) says", expected: "each of these in one row"))
        return false
    }

    /// The beginning of a day in Taipei: rows know no time.
    static func beginning(of day: String) -> String { "\(day)T00:00:00+08:00" }
}

extension SheetEvents {
    /// The rows of a trainee and day are one event; where one of them is wrong, none of them is taken: a history with
    /// a spell missing would be another one.
    private mutating func addInsurance(_ rows: [SheetRow], faulty: [SheetRow]) {
        var groups: [[SheetRow]] = []
        var places: [[String]: Int] = [:]
        for row in rows {
            let key = Self.insuranceKey(row)
            if let place = places[key] {
                groups[place].append(row)
            } else {
                places[key] = groups.count
                groups.append([row])
            }
        }
        let poisoned = Set(faulty.map(Self.insuranceKey))
        for group in groups where !poisoned.contains(Self.insuranceKey(group[0])) { addVerification(group) }
    }

    private static func insuranceKey(_ row: SheetRow) -> [String] {
        ["insurance", row.text("trainee"), row.text("asOf")]
    }

    private mutating func addVerification(_ rows: [SheetRow]) {
        let first = rows[0]
        if let other = rows.first(where: { $0.values["method"] != first.values["method"] }) {
            let found = shown(other.text("method"))
            report(
                other, "method",
                EventError(.invalidValue, found: found, expected: "the same in all rows of a trainee and day"))
            return
        }
        let spellNames = ["scheme", "from", "to", "mark", "employer", "insuredSalary"]
        let spells = rows.filter { row in spellNames.contains { row.values[$0] != nil } }
        if spells.count < rows.count, rows.count > 1 {
            let empty = rows.first { row in spellNames.allSatisfy { row.values[$0] == nil } } ?? first
            report(empty, "scheme", EventError(.missingField, expected: "a scheme, or this row alone for none found"))
            return
        }
        // The order of the rows says nothing.
        let sorted = spells.sorted { Self.order($0).lexicographicallyPrecedes(Self.order($1)) }
        var places = first.places("asOf", "method")
        for (index, row) in sorted.enumerated() {
            for name in spellNames { places["data.spells[\(index)].\(name)"] = row.place(of: name) }
            places["data.spells[\(index)]"] = SheetPlace(line: row.line, column: "")
        }
        let list = sorted.map { row in
            JSONValue.object(row.members("scheme", "from", "to", "mark", "employer", "insuredSalary"))
        }
        let method = first.values["method"] ?? .string(VerificationMethod.system.name)
        add(
            .insuranceVerified, first, at: Self.beginning(of: first.text("asOf")),
            first.members("asOf")
                + [JSONValue.Member("method", method), JSONValue.Member("spells", .array(list))],
            key: Self.insuranceKey(first), isCorrectable: true, places: places)
    }

    private static func order(_ row: SheetRow) -> [String] {
        ["from", "to", "scheme", "mark", "employer"].map { row.text($0) }
    }

    private mutating func report(_ row: SheetRow, _ column: String, _ error: EventError) {
        faults.append(SpreadsheetFault(error, line: row.line, column: row.place(of: column).column))
    }
}
