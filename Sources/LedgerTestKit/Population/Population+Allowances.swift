import CivilTime

/// Living allowances and learning rewards of employment classes.
extension Population {
    private static let rewardFrom = dayNumber(2020, 6, 30)
    private static let rewardTo = dayNumber(2022, 6, 30)

    /// What a trainee who has just joined hands in.
    mutating func applyForAllowance(
        _ member: inout RunningClass.Member, _ index: Int, _ traits: Traits, _ course: RunningClass, _ place: Int
    ) {
        if traits.isInsuredWithoutWork, !random.chance(1, in: 20) {
            lines.open("affidavit.filed", from: .unit(course.unit), about: .trainee(member.trainee))
            lines.field("class", RecordID.class(course.number))
            lines.field("kind", "notWorking")
            lines.field("on", day: today)
            lines.close()
        }
        if member.wantsLivingAllowance == true, let standing = traits.category {
            if random.chance(1, in: 3) { writeApplication("feeWaiver", of: member, course, standing) }
            guard standing.hasLivingAllowance else {
                member.wantsLivingAllowance = nil
                return
            }
            writeApplication("livingAllowance", of: member, course, standing)
            let last = Int(states[member.trainee].lastAllowanceDay)
            if course.startsOn - last > 730 { states[member.trainee].halfMonths = 0 }
            planInstalments(of: &member, index, course, place)
            return
        }
        let age = civil(traits.birthDay).age(on: civil(course.startsOn))
        let isInTime = (Self.rewardFrom...Self.rewardTo).contains(course.startsOn)
        if isInTime, (15...29).contains(age), random.chance(2, in: 3) {
            member.wantsLivingAllowance = false
            writeApplication("learningReward", of: member, course, nil)
        }
    }

    private mutating func writeApplication(
        _ kind: String, of member: RunningClass.Member, _ course: RunningClass, _ standing: Standing?
    ) {
        lines.open("allowance.applied", from: .unit(course.unit), about: .trainee(member.trainee))
        lines.field("kind", kind)
        lines.field("class", RecordID.class(course.number))
        lines.field("on", day: today)
        if let standing { lines.field("category", standing.entry.code) }
        var papers = ["applicationForm", "idCard", "allowanceAffidavit", "bankBook"]
        // One in twenty forgets a paper.
        if random.chance(1, in: 20) { papers.remove(at: random.below(papers.count)) }
        lines.field("documents", papers + (standing?.entry.papers.filter { !papers.contains($0) } ?? []))
        lines.close()
    }

    /// Three of five long classes pay month by month, the rest at the end.
    private mutating func planInstalments(
        of member: inout RunningClass.Member, _ index: Int, _ course: RunningClass, _ place: Int
    ) {
        let months = (course.endsOn - member.joinedOn + 1) / 30
        guard months >= 2, random.chance(3, in: 5) else { return }
        member.isPaidMonthly = true
        for month in 1...months {
            agenda.add(
                .instalment, on: member.joinedOn + 30 * month + 6, at: 52_200 + random.below(3_600), place,
                inClass: course.number, a: index)
        }
    }

    /// Pays a full 30-day month to a trainee who is still in the class.
    mutating func payInstalment(_ member: inout RunningClass.Member, _ course: RunningClass) {
        let from = member.joinedOn + 30 * member.monthsPaid
        guard member.status == .started, member.isPaidMonthly, from + 29 < today,
            Int(states[member.trainee].halfMonths) + 2 <= allowanceCap(of: member.trainee)
        else { return }
        member.monthsPaid += 1
        states[member.trainee].halfMonths += 2
        states[member.trainee].lastAllowanceDay = Int16(from + 29)
        writePayout(
            Payment(
                kind: .livingAllowance, trainee: member.trainee, classNumber: course.number,
                amount: livingAllowance(from: from, halfMonths: 2), halfMonths: 2, from: from, to: from + 29))
    }

    private func allowanceCap(of trainee: Int) -> Int {
        Traits(trainee: trainee, seed: seed).category == .disabled ? 24 : 12
    }

    /// Plans the payout of what is due at the end, less what was paid before.
    mutating func grantAllowance(to member: inout RunningClass.Member, _ course: RunningClass, lastDay: Int) {
        guard let isLiving = member.wantsLivingAllowance else { return }
        let days = lastDay - member.joinedOn + 1
        let months = max(0, days) / 30
        let rest = max(0, days) % 30
        let restMinutes = course.days.reduce(0) {
            $1 > lastDay - rest && $1 <= lastDay ? $0 + course.minutesPerDay : $0
        }
        var halfMonths = months * 2
        if isLiving {
            if rest >= 20, restMinutes >= 3_600 {
                halfMonths += 2
            } else if rest >= 10, restMinutes >= 1_800 {
                halfMonths += 1
            }
            let left = allowanceCap(of: member.trainee) - Int(states[member.trainee].halfMonths)
            halfMonths = months == 0 ? 0 : min(halfMonths - member.monthsPaid * 2, max(0, left))
        } else {
            let isEligible = member.status == .completed && member.minutesMissed * 10 < course.totalMinutes
            if restMinutes > 0 { halfMonths += restMinutes >= 3_000 ? 2 : 1 }
            halfMonths = isEligible && months > 0 ? halfMonths : 0
        }
        let second = 50_400 + random.below(7_200)
        if halfMonths > 0 {
            if isLiving {
                states[member.trainee].halfMonths = UInt8(min(255, Int(states[member.trainee].halfMonths) + halfMonths))
                states[member.trainee].lastAllowanceDay = Int16(lastDay)
            }
            agenda.add(
                .payAllowance, on: today + random.within(10...45), at: second, member.trainee,
                inClass: course.number, a: member.joinedOn + member.monthsPaid * 30, b: lastDay,
                c: isLiving ? halfMonths : -halfMonths)
        } else if member.monthsPaid == 0, random.chance(1, in: 3) {
            agenda.add(
                .decide, on: today + random.within(10...45), at: second, member.trainee, inClass: course.number,
                c: isLiving ? PaidKind.livingAllowance.rawValue : PaidKind.learningReward.rawValue)
        }
    }

    /// Pays what was planned at the end; now and then half a month too much.
    mutating func payAllowance(_ trainee: Int, _ action: Agenda.Action) {
        let isLiving = action.c > 0
        let halfMonths = Int(action.c.magnitude)
        let from = Int(action.a)
        var payment = Payment(
            kind: isLiving ? .livingAllowance : .learningReward, trainee: trainee,
            classNumber: Int(action.classNumber),
            amount: isLiving ? livingAllowance(from: from, halfMonths: halfMonths) : halfMonths * 4_000,
            halfMonths: halfMonths, from: from, to: Int(action.b))
        if random.chance(15, in: 1_000) {
            // Half a month too much.
            payment.excess = isLiving ? livingAllowance(from: from, halfMonths: 1) : 4_000
            payment.halfMonths += 1
        }
        writePayout(payment)
    }

    /// 60 % of the basic wage in force on the first day of each 30-day month.
    private func livingAllowance(from: Int, halfMonths: Int) -> Int {
        var amount = 0
        for month in 0..<(halfMonths / 2) { amount += Calendar.basicWage(on: from + 30 * month) * 60 / 100 }
        if halfMonths % 2 == 1 { amount += Calendar.basicWage(on: from + 30 * (halfMonths / 2)) * 60 / 100 / 2 }
        return amount
    }
}
