/// What will happen, day by day: every day's actions are thrown away once the day is over.
struct Agenda {
    /// Something that will happen at a second of a day. What the numbers mean depends on the kind.
    struct Action {
        var kind: Kind
        var second: Int32
        /// A trainee, or the place of a class among the running ones.
        var subject: Int32
        var classNumber: Int32
        var a: Int32
        var b: Int32
        var c: Int32
    }

    /// The kinds of actions.
    enum Kind: UInt8 {
        // About a unit.
        case registerUnit, renewUnit
        // About a running class; `subject` is its place.
        case approve, amend, apply, leaveApplication, select, admit, collectFee, forfeit, cancel, start, promote
        case verify, attend, instalment, close
        // About a trainee.
        case register, survey, approveLeave, rejectLeave, recordLate, retract, link, unlink, revokeIdentity, benefit
        case payTuition, payAllowance, revokePayout, repay, refer, decide, appeal, decideAppeal, placeHold, releaseHold
        case amendTrainee
    }

    private var days: [[Action]]
    private let firstDay: Int
    private let lastDay: Int
    /// The first day that is not taken yet.
    private var openDay: Int

    /// An empty agenda for these days.
    init(firstDay: Int, lastDay: Int) {
        self.firstDay = firstDay
        self.lastDay = lastDay
        openDay = firstDay
        days = [[Action]](repeating: [], count: lastDay - firstDay + 1)
    }

    /// Adds an action; on the next day if its own is past or under way. One that is due after the last day never
    /// happens.
    mutating func add(
        _ kind: Kind, on day: Int, at second: Int, _ subject: Int, inClass classNumber: Int = 0, a: Int = 0, b: Int = 0,
        c: Int = 0
    ) {
        let day = max(day, openDay)
        guard day <= lastDay else { return }
        days[day - firstDay].append(
            Action(
                kind: kind, second: Int32(second), subject: Int32(subject), classNumber: Int32(classNumber),
                a: Int32(a), b: Int32(b), c: Int32(c)))
    }

    /// The actions of a day in the order of their times, the earlier planned first; the agenda forgets them.
    mutating func take(day: Int) -> [Action] {
        openDay = day + 1
        let actions = days[day - firstDay]
        days[day - firstDay] = []
        let order = actions.indices.sorted { (actions[$0].second, $0) < (actions[$1].second, $1) }
        return order.map { actions[$0] }
    }
}
