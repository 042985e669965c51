import CivilTime
import TrainingEvents

/// The events of a case, written out: the shorthands of the README become events of the contract.
struct CaseEvents {
    struct Told {
        let id: String
        let json: JSONValue
    }

    private(set) var told: [Told] = []
    private var recorded = Instant.earliest
    /// The latest timetable of each class: minutes by day.
    private var timetables: [String: [(day: CivilDate, minutes: Int64)]] = [:]

    init(_ kase: JSONValue, common: [String: [JSONValue]]) throws {
        for name in kase["use"]?.elements ?? [] {
            guard let key = name.scalar, let list = common[key] else {
                throw CorpusError("no common list \(name)")
            }
            for (index, entry) in list.enumerated() { try add(entry, id: "\(key)-\(index + 1)") }
        }
        for (index, entry) in (kase["events"]?.elements ?? []).enumerated() {
            try add(entry, id: "e\(index + 1)")
        }
    }

    private mutating func add(_ entry: JSONValue, id: String) throws {
        if let range = entry["for"]?.scalar {
            for (number, name) in try Self.names(range).enumerated() {
                for (index, event) in (entry["events"]?.elements ?? []).enumerated() {
                    let own = Self.replace(event, name: name, number: number + 1)
                    try add(own, id: "\(id)-\(name)-\(index + 1)")
                }
            }
            return
        }
        guard let parts = entry.elements, parts.count >= 4, let time = parts[0].scalar, let type = parts[1].scalar,
            let subject = parts[2].scalar
        else { throw CorpusError("\(id) is no event: \(entry)") }
        let options = parts.count > 4 ? parts[4] : .object([])
        let happened = try Self.instant(time)
        let known = try options["recorded"]?.scalar.map(Self.instant)
        if type == "attendance.full" {
            try addAttendance(subject, parts[3], known: known ?? happened, id: id)
            return
        }
        var data = parts[3]
        if type == "class.scheduled" { data = try schedule(data, of: subject) }
        if type == "event.retracted", data["retractsSource"] == nil {
            data = data.with("retractsSource", .string("/corpus"))
        }
        tell(type, subject, data, happened: happened, known: known, id: options["id"]?.scalar ?? id)
    }

    private mutating func tell(
        _ type: String, _ subject: String, _ data: JSONValue, happened: Instant, known: Instant?, id: String
    ) {
        recorded = max(recorded, known ?? happened)
        let json = JSONValue.members([
            "specversion": .string("1.0"), "id": .string(id), "source": .string("/corpus"), "type": .string(type),
            "subject": .string(subject), "time": .string(happened.description),
            "recordedtime": .string(recorded.description), "data": data,
        ])
        told.append(Told(id: id, json: json))
    }

    // MARK: Timetables and attendance

    private mutating func schedule(_ data: JSONValue, of classID: String) throws -> JSONValue {
        var sessions = data["sessions"]?.elements ?? []
        for rule in data["daily"]?.elements ?? [] {
            let days = try Self.days(rule)
            for day in days {
                for hours in rule["hours"]?.elements ?? [] {
                    let ends = (hours.scalar ?? "").split(separator: "-").map(String.init)
                    guard ends.count == 2 else { throw CorpusError("\(hours) are no hours") }
                    sessions.append(
                        .members([
                            "on": .string(day.description), "from": .string(ends[0]), "to": .string(ends[1]),
                        ]))
                }
            }
        }
        var minutes: [CivilDate: Int64] = [:]
        for session in sessions {
            guard let day = (session["on"]?.scalar).flatMap({ CivilDate($0) }) else { continue }
            minutes[day, default: 0] += Self.minute(session["to"]) - Self.minute(session["from"])
        }
        timetables[classID] = minutes.sorted { $0.key < $1.key }.map { (day: $0.key, minutes: $0.value) }
        return data.with("daily", nil).with("sessions", .array(sessions))
    }

    private mutating func addAttendance(_ trainee: String, _ data: JSONValue, known: Instant, id: String) throws {
        let classID = data["class"]?.scalar ?? ""
        let first = try data["from"]?.scalar.map(Self.day) ?? .earliest
        let last = try data["to"]?.scalar.map(Self.day) ?? .latest
        for (index, entry) in (timetables[classID] ?? []).enumerated() where first <= entry.day && entry.day <= last {
            let exception = (data["except"]?.members ?? []).first { CivilDate($0.key) == entry.day }?.value
            if exception?.scalar == "none" { continue }
            let present = exception?.integer ?? entry.minutes
            tell(
                "attendance.recorded", trainee,
                .members([
                    "class": .string(classID), "on": .string(entry.day.description),
                    "presentMinutes": .integer(present),
                ]), happened: Instant(startOf: entry.day).adding(minutes: 18 * 60), known: known,
                id: "\(id)-\(index + 1)")
        }
    }

    private static func days(_ rule: JSONValue) throws -> [CivilDate] {
        let first = try day(rule["from"]?.scalar ?? "")
        let last = try day(rule["to"]?.scalar ?? "")
        let except = try (rule["except"]?.elements ?? []).map { try day($0.scalar ?? "") }
        let weekdays = try weekdays(rule["weekdays"] ?? .string("all"))
        guard first <= last else { return [] }
        return (0...last.days(since: first)).map { first.adding(days: $0) }
            .filter { weekdays.contains($0.weekday) && !except.contains($0) }
    }

    private static func weekdays(_ value: JSONValue) throws -> [Int] {
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        if let list = value.elements { return list.compactMap { names.firstIndex(of: $0.scalar ?? "").map { $0 + 1 } } }
        switch value.scalar {
        case "all": return Array(1...7)
        case "mon-fri": return Array(1...5)
        case "mon-sat": return Array(1...6)
        default:
            guard let index = names.firstIndex(of: value.scalar ?? "") else {
                throw CorpusError("\(value) are no weekdays")
            }
            return [index + 1]
        }
    }

    // MARK: Words

    private static func minute(_ value: JSONValue?) -> Int64 {
        let parts = (value?.scalar ?? "").split(separator: ":").compactMap { Int64($0) }
        return parts.count == 2 ? parts[0] * 60 + parts[1] : 0
    }

    static func day(_ text: String) throws -> CivilDate {
        guard let day = CivilDate(text) else { throw CorpusError("\(text) is no day") }
        return day
    }

    /// `2026-05-01` is nine in the morning; `2026-05-01 12:00` another time.
    static func instant(_ text: String) throws -> Instant {
        if let day = CivilDate(text) { return Instant(startOf: day).adding(minutes: 9 * 60) }
        let parts = text.split(separator: " ").map(String.init)
        if parts.count == 2, let instant = Instant("\(try day(parts[0]))T\(parts[1]):00+08:00") { return instant }
        guard let instant = Instant(text) else { throw CorpusError("\(text) is no time") }
        return instant
    }

    /// `A01..A16` or `[A, B]`.
    private static func names(_ range: String) throws -> [String] {
        let ends = range.split(separator: "..").map(String.init)
        guard ends.count == 2 else { return [range] }
        let prefix = String(ends[0].prefix { !$0.isNumber })
        let digits = ends[0].count - prefix.count
        guard let first = Int(ends[0].dropFirst(prefix.count)), let last = Int(ends[1].dropFirst(prefix.count)),
            first <= last
        else { throw CorpusError("\(range) is no range") }
        return (first...last).map { number in
            let text = "\(number)"
            return prefix + String(repeating: "0", count: max(0, digits - text.count)) + text
        }
    }

    private static func replace(_ value: JSONValue, name: String, number: Int) -> JSONValue {
        switch value {
        case .string("$n"): .integer(Int64(number))
        case .string(let text): .string(text.replacing("$n", with: "\(number)").replacing("$", with: name))
        case .array(let elements): .array(elements.map { replace($0, name: name, number: number) })
        case .object(let members):
            .object(members.map { JSONValue.Member($0.key, replace($0.value, name: name, number: number)) })
        default: value
        }
    }
}
