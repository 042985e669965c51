/// From the last application to the first day: scores, admissions, fees, forfeits, and the start.
extension Population {
    /// Scores of the written and oral tests or of the interview.
    mutating func score(_ course: inout RunningClass) {
        for index in course.members.indices where course.members[index].status == .applied {
            lines.pass(seconds: 20)
            let trainee = course.members[index].trainee
            lines.open("selection.scored", from: .unit(course.unit), about: .trainee(trainee))
            lines.field("class", RecordID.class(course.number))
            // One in forty does not come, and then has no score at all.
            if !random.chance(1, in: 40) {
                if course.isByInterview {
                    let interview = random.within(57...96)
                    lines.field("interview", interview)
                    course.members[index].score = interview * 200
                } else {
                    let written = random.within(52...98)
                    let oral = random.within(58...98)
                    lines.field("written", written)
                    lines.field("oral", oral)
                    course.members[index].score = (written + oral) * 100 + written
                    if random.chance(1, in: 60) { lines.field("minutesLate", random.within(1...25)) }
                }
            }
            lines.close()
        }
    }

    /// Seats in order: subsidised, extra, alternate. Employment classes go by scores of 60 points and more, the
    /// others take whoever comes first.
    mutating func admit(to course: inout RunningClass, _ place: Int) {
        var rank = 0
        let order = course.members.indices.filter { course.members[$0].status == .applied }.sorted {
            (course.members[$1].score, $0) < (course.members[$0].score, $1)
        }
        let extra = course.isPreEmployment ? 0 : course.seats / 5
        for index in order {
            lines.pass(seconds: 10)
            if course.isPreEmployment ? course.members[index].score < 12_000 : random.chance(2, in: 100) {
                refuse(&course.members[index], course)
                continue
            }
            rank += 1
            let isAlternate = rank > course.seats + extra || (course.isPreEmployment && rank > course.seats)
            course.members[index].isSubsidised = rank <= course.seats
            course.members[index].status = isAlternate ? .alternate : .admitted
            writeAdmission(
                of: course.members[index].trainee, course,
                seat: isAlternate ? "alternate" : rank <= course.seats ? "subsidised" : "extra", rank: rank)
            if !isAlternate { planFee(of: &course.members[index], index, course, place) }
        }
    }

    private mutating func writeAdmission(of trainee: Int, _ course: RunningClass, seat: String, rank: Int) {
        lines.open("enrolment.admitted", from: .unit(course.unit), about: .trainee(trainee))
        lines.field("class", RecordID.class(course.number))
        lines.field("seat", seat)
        lines.field("rank", rank)
        lines.close()
    }

    private mutating func refuse(_ member: inout RunningClass.Member, _ course: RunningClass) {
        lines.open("application.refused", from: .unit(course.unit), about: .trainee(member.trainee))
        lines.field("class", RecordID.class(course.number))
        lines.field("on", day: today)
        lines.field("reason", course.isPreEmployment ? "甄試未達錄取標準" : "資格不符")
        lines.close()
        release(&member, from: course)
    }

    /// Who holds a category pays nothing for an employment class; one in thirty others never pays.
    private mutating func planFee(
        of member: inout RunningClass.Member, _ index: Int, _ course: RunningClass, _ place: Int
    ) {
        let isFree = course.isPreEmployment && (member.wantsLivingAllowance == true || course.delivery == "selfRun")
        if isFree { return }
        if random.chance(1, in: 30) {
            agenda.add(
                .forfeit, on: course.startsOn - 1, at: 61_200, place, inClass: course.number, a: index)
        } else {
            agenda.add(
                .collectFee, on: today + random.within(1...4), at: 30_000 + random.below(40_000), place,
                inClass: course.number, a: index)
        }
    }

    /// The trainee pays, if still admitted.
    mutating func collectFee(_ member: inout RunningClass.Member, _ course: RunningClass) {
        guard member.status == .admitted else { return }
        member.hasPaid = true
        lines.open("fee.paid", from: .unit(course.unit), about: .trainee(member.trainee))
        lines.field("class", RecordID.class(course.number))
        lines.field("amount", course.feeCharged)
        lines.field("on", day: today)
        lines.close()
    }

    /// The place is lost: not paid, or not come.
    mutating func forfeit(_ member: inout RunningClass.Member, _ course: RunningClass) {
        guard member.status == .admitted else { return }
        lines.open("enrolment.forfeited", from: .unit(course.unit), about: .trainee(member.trainee))
        lines.field("class", RecordID.class(course.number))
        lines.field("on", day: today)
        lines.field("reason", member.hasPaid ? "未報到" : "逾期未繳費")
        lines.close()
        if member.hasPaid, random.chance(1, in: 2) {
            lines.open("fee.refunded", from: .unit(course.unit), about: .trainee(member.trainee))
            lines.field("class", RecordID.class(course.number))
            lines.field("amount", course.feeCharged)
            lines.field("on", day: today)
            lines.field("requestedOn", day: course.startsOn - random.within(-1...3))
            lines.close()
        }
        release(&member, from: course)
    }

    /// The first day: who comes joins, and who does not forfeits.
    mutating func start(_ course: inout RunningClass, _ place: Int) {
        var hasOpenSeat = false
        for index in course.members.indices where course.members[index].status == .admitted {
            lines.pass(seconds: random.below(4))
            if random.chance(1, in: 80) {
                forfeit(&course.members[index], course)
                hasOpenSeat = true
                continue
            }
            join(&course.members[index], index, course, place)
        }
        if hasOpenSeat, course.members.contains(where: { $0.status == .alternate }), course.days.count > 3 {
            agenda.add(
                .promote, on: course.days[1], at: course.beginSecond - 300, place, inClass: course.number)
        }
    }

    private mutating func join(
        _ member: inout RunningClass.Member, _ index: Int, _ course: RunningClass, _ place: Int
    ) {
        let traits = Traits(trainee: member.trainee, seed: seed)
        member.status = .started
        member.joinedOn = today
        member.isInsured = course.isPreEmployment || (traits.isTuitionScheme && !random.chance(1, in: 40))
        member.answersSurvey = !random.chance(1, in: 20)
        member.irregular = random.chance(1, in: 12) ? random.within(4_000...9_000) : random.within(400...2_600)
        lines.open("enrolment.started", from: .unit(course.unit), about: .trainee(member.trainee))
        lines.field("class", RecordID.class(course.number))
        lines.field("on", day: today)
        lines.close()
        if !random.chance(1, in: 100) {
            agenda.add(
                .verify, on: today + random.within(1...4), at: 36_000 + random.below(20_000), place,
                inClass: course.number, a: index)
        }
        if course.isPreEmployment {
            applyForAllowance(&member, index, traits, course, place)
        } else if member.isSubsidised, member.isInsured {
            openQuotaWindow(of: member.trainee, course)
        }
    }

    /// An alternate takes the seat of one who did not come, and has missed the sessions so far.
    mutating func promoteAlternate(in course: inout RunningClass, _ place: Int) {
        guard let index = course.members.firstIndex(where: { $0.status == .alternate }) else { return }
        writeAdmission(of: course.members[index].trainee, course, seat: "subsidised", rank: 1)
        course.members[index].isSubsidised = true
        course.members[index].status = .admitted
        if !course.isPreEmployment || course.members[index].wantsLivingAllowance != true {
            collectFee(&course.members[index], course)
        }
        course.members[index].minutesMissed = course.minutesPerDay * course.nextDay
        join(&course.members[index], index, course, place)
    }
}
