/// A simulated national population, advanced one action at a time.
///
/// Everything random comes from one stream in the order of the simulated time, everything fixed about a person
/// from a hash; nothing is read from outside.
struct Population {
    /// How many trainees there are in the end.
    let trainees: Int
    /// The seed that traits are hashed with.
    let seed: UInt64
    /// How many units there are in the end.
    let unitCount: Int
    /// The one stream of random numbers.
    var random: RandomSource
    /// The events written.
    var lines: EventLines
    /// What is still to come.
    var agenda = Agenda(firstDay: Calendar.firstDay, lastDay: Calendar.lastDay)
    /// The present day.
    var today = Calendar.firstDay - 1
    private var actions: [Agenda.Action] = []
    private var nextAction = 0

    /// One state for each trainee registered so far.
    var states: [TraineeState] = []
    /// Units registered so far, by number, with the county and kind they have.
    var units: [(county: Int, kind: Int)] = []
    /// The running classes; those that are over leave their places to others.
    var running: [RunningClass] = []
    private var freePlaces: [Int] = []
    /// Classes approved so far.
    var classCount = 0
    /// Leave requests so far.
    var leaveCount = 0
    /// Payouts so far.
    var payoutCount = 0
    /// Appeals so far.
    var appealCount = 0
    /// Holds planned so far.
    var holdCount = 0
    /// Complaints so far.
    var complaintCount = 0
    /// Days on which a storm closes classes, and the bits of the counties it closes.
    var storms: [Int: UInt32] = [:]

    // Enrolments that the population is due, in units of one over ``creditScale``.
    private var preEmploymentCredit = 0
    private var tuitionCredit = 0

    /// Started enrolments per thousand trainees over the whole time.
    private static let preEmploymentPerThousand = 1_110
    private static let tuitionPerThousand = 730
    private static let creditScale = 1_000 * (Calendar.lastApproval - Calendar.firstDay + 1)

    /// The population on the eve of the first day.
    init(trainees: Int, seed: UInt64) {
        precondition((0...9_999_999).contains(trainees), "trainee IDs have seven digits")
        self.trainees = trainees
        self.seed = seed
        unitCount = min(max(trainees / 300 + 4, 4), 2_500)
        random = RandomSource(seed: SplitMix64.mix(seed) ^ UInt64(trainees))
        lines = EventLines(units: unitCount)
        states.reserveCapacity(trainees)
        for year in 2019...2026 {
            for _ in 0..<3 {
                let day = dayNumber(year, 7, 1) + random.below(105)
                storms[day] = UInt32(truncatingIfNeeded: random.bits())
            }
        }
        // Two units at least stand before the first class is approved.
        for unit in 0..<unitCount {
            let day = unit < max(2, unitCount * 3 / 5) ? 0 : random.within(1...2_000)
            agenda.add(.registerUnit, on: Calendar.firstDay + day, at: 9 * 3_600, 0)
        }
    }

    /// The next line, or nil at the end of the last day.
    mutating func next() -> [UInt8]? {
        while true {
            if let line = lines.next() { return line }
            guard nextAction < actions.count || beginDay() else { return nil }
            if nextAction < actions.count {
                let action = actions[nextAction]
                nextAction += 1
                lines.at(second: Int(action.second))
                perform(action)
            }
        }
    }

    private mutating func beginDay() -> Bool {
        guard today < Calendar.lastDay else { return false }
        today += 1
        lines.begin(day: today)
        if today <= Calendar.lastApproval { approveDueClasses() } else { registerRest() }
        actions = agenda.take(day: today)
        nextAction = 0
        return true
    }

    /// Classes are approved as fast as the population takes part in them.
    private mutating func approveDueClasses() {
        preEmploymentCredit += trainees * Self.preEmploymentPerThousand
        tuitionCredit += trainees * Self.tuitionPerThousand
        var second = 10 * 3_600
        while preEmploymentCredit > 0 {
            let size = min(random.within(14...29), max(1, trainees / 4))
            preEmploymentCredit -= size * Self.creditScale
            agenda.add(.approve, on: today, at: second, 0, a: size, b: 1)
            second = min(second + 240, 12 * 3_600)
        }
        while tuitionCredit > 0 {
            let size = min(random.within(16...36), max(1, trainees / 4))
            tuitionCredit -= size * Self.creditScale
            agenda.add(.approve, on: today, at: second, 0, a: size, b: 0)
            second = min(second + 240, 12 * 3_600)
        }
    }

    /// Those who never applied for anything register in the last weeks, so that all the trainees are there.
    private mutating func registerRest() {
        let daysLeft = Calendar.lastDay - today + 1
        let due = (trainees - states.count + daysLeft - 1) / daysLeft
        for _ in 0..<max(0, due) { agenda.add(.register, on: today, at: 19 * 3_600 + random.below(7_200), 0) }
    }

    private mutating func perform(_ action: Agenda.Action) {
        switch action.kind {
        case .registerUnit: registerUnit()
        case .renewUnit: renewUnit(Int(action.subject))
        case .approve: approveClass(size: Int(action.a), isPreEmployment: action.b == 1)
        case .register: if states.count < trainees { _ = registerTrainee(interest: 0) }
        case .amend, .apply, .leaveApplication, .select, .admit, .collectFee, .forfeit, .cancel, .start, .promote,
            .verify, .attend, .instalment, .close:
            performInClass(action)
        default: performForTrainee(action)
        }
    }

    /// Takes the class out while it changes, so that the population can be changed beside it.
    private mutating func performInClass(_ action: Agenda.Action) {
        let place = Int(action.subject)
        var course = RunningClass()
        // The place may hold another class by now.
        guard running[place].number == Int(action.classNumber) else { return }
        swap(&course, &running[place])
        let isOver = perform(action, in: &course, place)
        if isOver {
            freePlaces.append(place)
        } else {
            swap(&course, &running[place])
        }
    }

    /// Keeps a class running; its place is what later actions name.
    mutating func keep(_ course: RunningClass) -> Int {
        if let place = freePlaces.popLast() {
            running[place] = course
            return place
        }
        running.append(course)
        return running.count - 1
    }

    /// The place that ``keep(_:)`` will give next, for actions planned before.
    var nextPlace: Int { freePlaces.last ?? running.count }

    /// - Returns: whether the class is over, with nothing more to come.
    private mutating func perform(_ action: Agenda.Action, in course: inout RunningClass, _ place: Int) -> Bool {
        let member = Int(action.a)
        switch action.kind {
        case .amend: amend(&course)
        case .apply: apply(to: &course, place)
        case .leaveApplication: withdrawApplication(&course.members[member], course)
        case .select: score(&course)
        case .admit: admit(to: &course, place)
        case .collectFee: collectFee(&course.members[member], course)
        case .forfeit: forfeit(&course.members[member], course)
        case .cancel:
            cancel(&course)
            return true
        case .start: start(&course, place)
        case .promote: promoteAlternate(in: &course, place)
        case .verify: verifyInsurance(course.members[member], course)
        case .attend: holdClass(&course, place)
        case .instalment: payInstalment(&course.members[member], course)
        default:
            close(&course)
            return true
        }
        return false
    }

    private mutating func performForTrainee(_ action: Agenda.Action) {
        let trainee = Int(action.subject)
        switch action.kind {
        case .survey: answerSurvey(trainee, action)
        case .approveLeave: decideLeave(trainee, action, isApproved: true)
        case .rejectLeave: decideLeave(trainee, action, isApproved: false)
        case .recordLate: recordLate(trainee, action)
        case .retract: retract(trainee, action)
        case .link: link(trainee, isLinked: true)
        case .unlink: link(trainee, isLinked: false)
        case .revokeIdentity: revokeIdentity(trainee)
        case .benefit: recordBenefit(trainee, action)
        case .payTuition: payTuition(trainee, action)
        case .payAllowance: payAllowance(trainee, action)
        case .revokePayout: revokePayout(trainee, action)
        case .repay: repay(trainee, action)
        case .refer: refer(trainee, action)
        case .decide: decide(trainee, action)
        case .appeal: appeal(trainee, action)
        case .decideAppeal: decideAppeal(trainee, action)
        case .placeHold: placeHold(trainee, isPlaced: true, action)
        case .releaseHold: placeHold(trainee, isPlaced: false, action)
        default: amendTrainee(trainee)
        }
    }
}
