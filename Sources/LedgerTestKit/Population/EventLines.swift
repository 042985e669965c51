import CivilTime

/// Writes events as CloudEvents JSON lines into one buffer that is used again and again.
///
/// Times never decrease: the clock of the day runs forward to the hour an event is due, and stays where it is
/// when events of that hour have already run past it.
struct EventLines {
    /// The lines not handed out yet, without newlines.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var handedOut = 0

    private let senders: [(letter: UInt8, path: [UInt8])]
    private var counters: [Int]
    private var dayText: [UInt8] = []
    private var needsComma = false

    /// The number of events written so far: the sequence of the next one in a ledger of its own.
    private(set) var count = 0
    /// The second of the day.
    private(set) var second = 0
    /// The second at which the events in hand were due.
    private var dueSecond = 0
    /// The ID of the last event of its sender, for retractions.
    private(set) var lastEventNumber = 0

    /// Lines of the senders that a population of so many units has.
    init(units: Int) {
        senders = Sender.table(units: units)
        counters = [Int](repeating: 0, count: senders.count)
    }

    /// Begins a day.
    mutating func begin(day: Int) {
        dayText.removeAll(keepingCapacity: true)
        appendDate(day, to: &dayText)
        second = 0
        dueSecond = 0
    }

    /// Sets the clock to the second of the day at which the next events are due.
    mutating func at(second due: Int) {
        dueSecond = due
        second = max(second, due)
    }

    /// Lets some seconds pass between two events of one batch, unless the clock runs late already.
    mutating func pass(seconds: Int) {
        if second < dueSecond + 1_200 { second = min(second + seconds, 86_399) }
    }

    /// The next line, or nil when all were handed out.
    mutating func next() -> [UInt8]? {
        guard handedOut < ends.count else { return nil }
        let start = handedOut == 0 ? 0 : ends[handedOut - 1]
        let line = Array(bytes[start..<ends[handedOut]])
        handedOut += 1
        if handedOut == ends.count {
            bytes.removeAll(keepingCapacity: true)
            ends.removeAll(keepingCapacity: true)
            handedOut = 0
        }
        return line
    }

    // MARK: One event

    /// Opens an event up to the first field of its data.
    mutating func open(_ type: StaticString, from sender: Sender, about subject: RecordID) {
        raw("{\"specversion\":\"1.0\",\"id\":\"")
        lastEventNumber = takeNumber(of: sender)
        appendEventID(of: sender, lastEventNumber)
        raw("\",\"source\":\"")
        bytes.append(contentsOf: senders[sender.index].path)
        raw("\",\"type\":\"")
        raw(type)
        raw("\",\"subject\":\"")
        subject.append(to: &bytes)
        raw("\",\"time\":\"")
        appendTime()
        raw("\",\"recordedtime\":\"")
        appendTime()
        raw("\",\"data\":{")
        needsComma = false
    }

    /// Closes the event.
    mutating func close() {
        raw("}}")
        ends.append(bytes.count)
        count += 1
    }

    /// A text, which must need no escapes.
    mutating func field(_ name: StaticString, _ value: String) {
        key(name)
        bytes.append(UInt8(ascii: "\""))
        raw(text: value)
        bytes.append(UInt8(ascii: "\""))
    }

    /// An ID.
    mutating func field(_ name: StaticString, _ value: RecordID) {
        key(name)
        bytes.append(UInt8(ascii: "\""))
        value.append(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A whole number.
    mutating func field(_ name: StaticString, _ value: Int) {
        key(name)
        appendNumber(value, to: &bytes)
    }

    /// True or false.
    mutating func field(_ name: StaticString, _ value: Bool) {
        key(name)
        raw(value ? "true" : "false")
    }

    /// A date.
    mutating func field(_ name: StaticString, day: Int) {
        key(name)
        bytes.append(UInt8(ascii: "\""))
        appendDate(day, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A time of the day.
    mutating func field(_ name: StaticString, minute: Int) {
        key(name)
        bytes.append(UInt8(ascii: "\""))
        appendDigits(minute / 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDigits(minute % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// The time of the event as a field of its data.
    mutating func fieldNow(_ name: StaticString) {
        key(name)
        bytes.append(UInt8(ascii: "\""))
        appendTime()
        bytes.append(UInt8(ascii: "\""))
    }

    /// A list of texts.
    mutating func field(_ name: StaticString, _ values: [String]) {
        openList(name)
        for (index, value) in values.enumerated() {
            raw(index == 0 ? "\"" : ",\"")
            raw(text: value)
            bytes.append(UInt8(ascii: "\""))
        }
        closeList()
    }

    /// The ID of an event and its source, as a retraction names them.
    mutating func fields(retracting sender: Sender, _ number: Int) {
        key("retractsSource")
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: senders[sender.index].path)
        raw("\",\"retractsId\":\"")
        appendEventID(of: sender, number)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Opens a list of groups.
    mutating func openList(_ name: StaticString) {
        key(name)
        bytes.append(UInt8(ascii: "["))
        needsComma = false
    }

    /// Closes a list.
    mutating func closeList() {
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// Opens a group of fields.
    mutating func openGroup(_ name: StaticString) {
        key(name)
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
    }

    /// Opens a group in a list.
    mutating func openElement() {
        raw(needsComma ? ",{" : "{")
        needsComma = false
    }

    /// Closes a group, or an element of a list.
    mutating func closeGroup() {
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    private mutating func key(_ name: StaticString) {
        raw(needsComma ? ",\"" : "\"")
        raw(name)
        raw("\":")
        needsComma = true
    }

    private mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func raw(text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func appendTime() {
        bytes.append(contentsOf: dayText)
        bytes.append(UInt8(ascii: "T"))
        appendDigits(second / 3_600, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDigits(second / 60 % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDigits(second % 60, width: 2, to: &bytes)
        raw("+08:00")
    }

    private mutating func appendEventID(of sender: Sender, _ number: Int) {
        bytes.append(senders[sender.index].letter)
        bytes.append(UInt8(ascii: "-"))
        appendDigits(number, width: 9, to: &bytes)
    }

    private mutating func takeNumber(of sender: Sender) -> Int {
        counters[sender.index] += 1
        return counters[sender.index]
    }
}

// MARK: - Attendance

extension EventLines {
    /// One `attendance.recorded` line of a class day: what is the same for all its trainees is copied, the rest
    /// written over it. Four of five events are of this type.
    struct AttendanceForm {
        fileprivate var bytes: [UInt8]
        fileprivate let sender: Sender
        fileprivate let idAt: Int
        fileprivate let subjectAt: Int
        fileprivate let timeAt: Int
        fileprivate let recordedAt: Int
    }

    /// The form for a class and day, sent by its unit.
    func attendanceForm(unit: Int, classNumber: Int, on day: Int) -> AttendanceForm {
        var form: [UInt8] = []
        func raw(_ text: String) { form.append(contentsOf: text.utf8) }
        let sender = Sender.unit(unit)
        raw("{\"specversion\":\"1.0\",\"id\":\"a-")
        let idAt = form.count
        raw("000000000\",\"source\":\"")
        form.append(contentsOf: senders[sender.index].path)
        raw("\",\"type\":\"attendance.recorded\",\"subject\":\"T-")
        let subjectAt = form.count
        raw("0000000\",\"time\":\"")
        form.append(contentsOf: dayText)
        raw("T")
        let timeAt = form.count
        raw("00:00:00+08:00\",\"recordedtime\":\"")
        form.append(contentsOf: dayText)
        raw("T")
        let recordedAt = form.count
        raw("00:00:00+08:00\",\"data\":{\"class\":\"")
        RecordID.class(classNumber).append(to: &form)
        raw("\",\"on\":\"")
        appendDate(day, to: &form)
        raw("\",\"presentMinutes\":")
        return AttendanceForm(
            bytes: form, sender: sender, idAt: idAt, subjectAt: subjectAt, timeAt: timeAt, recordedAt: recordedAt)
    }

    /// Writes the attendance of one trainee.
    mutating func attendance(_ form: AttendanceForm, trainee: Int, minutes: Int) {
        let start = bytes.count
        lastEventNumber = takeNumber(of: form.sender)
        bytes.append(contentsOf: form.bytes)
        appendNumber(minutes, to: &bytes)
        raw("}}")
        let (hour, minute, second) = (self.second / 3_600, self.second / 60 % 60, self.second % 60)
        bytes.withUnsafeMutableBufferPointer { buffer in
            let line = UnsafeMutableBufferPointer(rebasing: buffer[start...])
            putDigits(lastEventNumber, width: 9, at: form.idAt, in: line)
            putDigits(trainee, width: 7, at: form.subjectAt, in: line)
            for at in [form.timeAt, form.recordedAt] {
                putDigits(hour, width: 2, at: at, in: line)
                putDigits(minute, width: 2, at: at + 3, in: line)
                putDigits(second, width: 2, at: at + 6, in: line)
            }
        }
        ends.append(bytes.count)
        count += 1
    }
}

/// Appends a day, given in days since 1970-01-01, as `2026-06-01`.
func appendDate(_ day: Int, to bytes: inout [UInt8]) {
    let (year, month, dayOfMonth) = civil(day).parts
    appendDigits(year, width: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendDigits(month, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendDigits(dayOfMonth, width: 2, to: &bytes)
}

/// The civil date of a day number; the generator counts in plain numbers.
func civil(_ day: Int) -> CivilDate { CivilDate.earliest.adding(days: day - Int(CivilDate.earliest.dayNumber)) }

/// The day number of a date.
func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
    guard let date = CivilDate(year: year, month: month, day: day) else { preconditionFailure("no such day") }
    return Int(date.dayNumber)
}
