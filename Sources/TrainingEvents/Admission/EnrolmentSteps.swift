/// Where a trainee stands with one class, as far as the next step depends on it.
///
/// Only the order of recorded steps is checked here. Whether a step was right by the rules is decided later:
/// facts that break a rule are recorded all the same (contract, section 1).
struct EnrolmentSteps: Hashable, Sendable {
    enum Application: Sendable, CaseIterable { case none, live, closed }
    enum Phase: String, Sendable, CaseIterable {
        case none, admitted, started, forfeited, withdrawn, expelled, completed
    }

    var application = Application.none
    var phase = Phase.none

    /// Whether the enrolment was started at some time, ended since or not.
    var wasStarted: Bool {
        switch phase {
        case .started, .withdrawn, .expelled, .completed: true
        case .none, .admitted, .forfeited: false
        }
    }

    private var found: String {
        if phase != .none { return "an enrolment that is \(phase.rawValue)" }
        switch application {
        case .none: return "no application and no enrolment"
        case .live: return "an application without an enrolment"
        case .closed: return "an application that was withdrawn or refused"
        }
    }

    /// Takes the step, or throws `stepNotAllowed` with the state that was found and the one that is needed.
    mutating func take(_ body: EventBody) throws(EventError) {
        switch body {
        case .applicationSubmitted:
            try require(application != .live, "no live application for this class")
            try require(!wasStarted, "a class that the trainee has not joined yet")
            if phase == .forfeited { phase = .none }
            application = .live
        case .applicationWithdrawn, .applicationRefused:
            try require(application == .live, "a live application")
            try require(!wasStarted && phase != .forfeited, "an application whose enrolment has not started")
            application = .closed
            phase = .none
        case .selectionScored:
            try require(application == .live, "a live application")
        case .enrolmentAdmitted:
            try require(application != .closed, "an application that is not withdrawn or refused")
            try require(phase == .none || phase == .admitted || phase == .started, "an enrolment that has not ended")
            if phase == .none { phase = .admitted }
        case .enrolmentStarted:
            try require(application != .closed, "an application that is not withdrawn or refused")
            try require(phase == .none || phase == .admitted, "an enrolment that has not started")
            phase = .started
        case .enrolmentForfeited:
            try require(phase == .admitted || (phase == .none && application == .live), "an application or admission")
            phase = .forfeited
            application = .closed
        case .enrolmentWithdrawn: try end(.withdrawn)
        case .enrolmentExpelled: try end(.expelled)
        case .enrolmentCompleted: try end(.completed)
        case .attendanceRecorded, .surveySubmitted, .inspectionEvaded:
            try require(wasStarted, "an enrolment that was started")
        case .leaveRequested:
            try require(wasStarted || phase == .admitted, "an admission or an enrolment that was started")
        default: break
        }
    }

    private mutating func end(_ phase: Phase) throws(EventError) {
        try require(self.phase == .started, "an enrolment that was started and has not ended")
        self.phase = phase
    }

    private func require(_ holds: Bool, _ expected: String) throws(EventError) {
        if !holds { throw EventError(.stepNotAllowed, field: "type", found: found, expected: expected) }
    }
}
