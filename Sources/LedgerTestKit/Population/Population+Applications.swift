/// Applications: who applies, what is registered about them, and applications taken back.
extension Population {
    private static let preEmploymentInterest: UInt8 = 1
    private static let tuitionInterest: UInt8 = 2

    /// Someone applies: with all that is registered and certified on that occasion.
    mutating func apply(to course: inout RunningClass, _ place: Int) {
        guard let trainee = findApplicant(for: course) else { return }
        lines.pass(seconds: 3)
        let traits = Traits(trainee: trainee, seed: seed)
        var member = RunningClass.Member(trainee: trainee)
        states[trainee].busyUntil = Int16(course.endsOn)
        if course.isPreEmployment, random.chance(1, in: 2) {
            lines.open("jobSearch.registered", from: .centre(ofCounty: traits.county), about: .trainee(trainee))
            lines.field("on", day: today)
            lines.close()
            if random.chance(1, in: 500) {
                planRetraction(of: .centre(ofCounty: traits.county), trainee)
            }
        }
        let standing = certify(trainee, traits, for: course)
        lines.open("application.submitted", from: .portal, about: .trainee(trainee))
        lines.field("class", RecordID.class(course.number))
        lines.fieldNow("at")
        if !course.isPreEmployment { lines.field("employer", traits.employer) }
        if let standing { lines.field("identityClaimed", standing.entry.code) }
        if course.isPreEmployment, random.chance(1, in: 60) { lines.field("specialProject", true) }
        if course.isPreEmployment { lines.field("documents", ["applicationForm", "idCard", "photo", "diploma"]) }
        lines.close()
        if course.isPreEmployment, standing != nil, random.chance(7, in: 8) { member.wantsLivingAllowance = true }
        let index = course.members.count
        course.members.append(member)
        if random.chance(4, in: 100) {
            agenda.add(
                .leaveApplication, on: today + random.within(1...12), at: 30_000 + random.below(40_000), place,
                inClass: course.number, a: index)
        }
    }

    /// A new trainee, or one who was registered before, is free and has this interest.
    private mutating func findApplicant(for course: RunningClass) -> Int? {
        let interest = course.isPreEmployment ? Self.preEmploymentInterest : Self.tuitionInterest
        let canGrow = states.count < trainees
        if canGrow, random.chance(46, in: 100) { return registerTrainee(interest: interest) }
        if !states.isEmpty {
            // Few tries: who finds nobody takes a new trainee, or leaves the seat empty.
            for _ in 0..<24 {
                var trainee = random.below(states.count)
                if !course.isPreEmployment, random.chance(3, in: 10) { trainee = Traits.avid(near: trainee) }
                let state = states[trainee]
                let isFree =
                    Int(state.busyUntil) < today
                    || (!course.isPreEmployment && random.chance(1, in: 400) && Int(state.busyUntil) > today)
                guard isFree, state.interests == 0 || state.interests & interest != 0 else { continue }
                // Within 180 days of the last class there is a bar; one in twenty tries all the same.
                let isBarred = course.isPreEmployment && course.startsOn - Int(state.lastPreEmploymentEnd) < 181
                if isBarred, random.chance(19, in: 20) { continue }
                if course.members.contains(where: { $0.trainee == trainee }) { continue }
                return trainee
            }
        }
        return canGrow ? registerTrainee(interest: interest) : nil
    }

    /// Registers the next trainee, and plans what depends on nothing else.
    mutating func registerTrainee(interest: UInt8) -> Int {
        let trainee = states.count
        let traits = Traits(trainee: trainee, seed: seed)
        var state = TraineeState()
        state.interests = random.chance(3, in: 10) ? 3 : interest
        states.append(state)
        lines.open("trainee.registered", from: .portal, about: .trainee(trainee))
        lines.field("birthDate", day: traits.birthDay)
        lines.field("sex", traits.isFemale ? "female" : "male")
        lines.field("nationality", traits.nationality)
        if traits.isNamed {
            lines.field("name", traits.name)
            lines.field("nationalId", traits.nationalID)
        }
        lines.close()
        if traits.person != trainee {
            let day = today + random.within(20...400)
            agenda.add(.link, on: day, at: 40_000 + random.below(10_000), trainee)
            if random.chance(1, in: 6) {
                agenda.add(.unlink, on: day + random.within(10...200), at: 40_000 + random.below(10_000), trainee)
            }
        }
        if random.chance(1, in: 80) {
            agenda.add(.amendTrainee, on: today + random.within(30...600), at: 30_000 + random.below(30_000), trainee)
        }
        return trainee
    }

    /// Linked to the ID before, which is of the same person.
    mutating func link(_ trainee: Int, isLinked: Bool) {
        lines.open(
            isLinked ? "trainee.linked" : "trainee.unlinked", from: .branch(ofCounty: 0), about: .trainee(trainee))
        lines.field("other", RecordID.trainee(trainee - 1))
        lines.field("evidence", isLinked ? "重複建檔，經查為同一人" : "複查後認定非同一人")
        lines.field("on", day: today)
        lines.close()
    }

    /// A new name, or a birth date that was checked.
    mutating func amendTrainee(_ trainee: Int) {
        let traits = Traits(trainee: trainee, seed: seed)
        lines.open("trainee.amended", from: .portal, about: .trainee(trainee))
        if traits.isNamed, random.chance(1, in: 2) {
            lines.field("name", traits.name + random.pick(Places.givenNames))
            lines.field("reason", "更名")
        } else {
            lines.field("birthDate", day: traits.birthDay)
            lines.field("reason", "出生日期校正")
        }
        lines.close()
    }

    /// Takes the application back, unless it is too late for that.
    mutating func withdrawApplication(_ member: inout RunningClass.Member, _ course: RunningClass) {
        guard [.applied, .alternate, .admitted].contains(member.status), !member.hasPaid else { return }
        lines.open("application.withdrawn", from: .portal, about: .trainee(member.trainee))
        lines.field("class", RecordID.class(course.number))
        lines.field("on", day: today)
        if random.chance(1, in: 2) { lines.field("reason", "個人因素") }
        lines.close()
        release(&member, from: course)
    }

    /// The member has nothing more to do with the class and may apply elsewhere.
    func isHeld(_ member: RunningClass.Member, by course: RunningClass) -> Bool {
        Int(states[member.trainee].busyUntil) == course.endsOn
    }

    /// Ends what the member has to do with a class that has not begun.
    mutating func release(_ member: inout RunningClass.Member, from course: RunningClass) {
        if isHeld(member, by: course) { states[member.trainee].busyUntil = Int16(today) }
        member.status = .gone
    }
}
