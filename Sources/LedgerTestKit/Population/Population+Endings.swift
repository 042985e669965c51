/// The last day and after it: certificates, surveys, the unit's closing papers.
extension Population {
    /// The last session is over: everyone still there completes the class.
    mutating func finish(_ course: inout RunningClass, _ place: Int) {
        for index in course.members.indices where course.members[index].status == .started {
            let member = course.members[index]
            course.members[index].status = .completed
            lines.pass(seconds: 2)
            lines.open("enrolment.completed", from: .unit(course.unit), about: .trainee(member.trainee))
            lines.field("class", RecordID.class(course.number))
            lines.field("on", day: course.endsOn)
            lines.field("certificate", hasCertificate(member, course))
            lines.close()
            if course.isPreEmployment {
                states[member.trainee].lastPreEmploymentEnd = Int16(course.endsOn)
                grantAllowance(to: &course.members[index], course, lastDay: course.endsOn)
            }
            // Employment classes are surveyed too, and fewer answer.
            let answers = member.answersSurvey && (!course.isPreEmployment || random.chance(3, in: 5))
            if answers {
                agenda.add(
                    .survey, on: today + random.within(1...10), at: 28_800 + random.below(50_000), member.trainee,
                    inClass: course.number, a: course.endsOn)
            }
        }
        for member in course.members where member.status == .alternate && isHeld(member, by: course) {
            states[member.trainee].busyUntil = Int16(today)
        }
        // One class in twenty-five is closed after the 21 days allowed.
        let days = random.chance(1, in: 25) ? random.within(22...45) : random.within(11...21)
        agenda.add(.close, on: course.endsOn + days, at: 52_000 + random.below(8_000), place, inClass: course.number)
    }

    private func hasCertificate(_ member: RunningClass.Member, _ course: RunningClass) -> Bool {
        member.minutesMissed * 5 <= course.totalMinutes && !(course.isPreEmployment && member.isOverLimit)
    }

    /// The survey, now and then twice.
    mutating func answerSurvey(_ trainee: Int, _ action: Agenda.Action) {
        lines.open("survey.submitted", from: .portal, about: .trainee(trainee))
        lines.field("class", RecordID.class(Int(action.classNumber)))
        lines.field("on", day: today)
        lines.close()
        // Sent twice by a page that was loaded twice; the second is taken back.
        guard random.chance(1, in: 400) else { return }
        lines.pass(seconds: 4)
        lines.open("survey.submitted", from: .portal, about: .trainee(trainee))
        lines.field("class", RecordID.class(Int(action.classNumber)))
        lines.field("on", day: today)
        lines.close()
        planRetraction(of: .portal, trainee)
    }

    /// The unit's closing papers; the subsidies are assessed upon them.
    mutating func close(_ course: inout RunningClass) {
        lines.open("class.closed", from: .unit(course.unit), about: .class(course.number))
        lines.field("on", day: today)
        lines.close()
        guard !course.isPreEmployment else { return }
        for member in course.members where member.status == .completed { planTuition(of: member, course) }
    }

    private mutating func planTuition(of member: RunningClass.Member, _ course: RunningClass) {
        let isDue =
            member.isSubsidised && member.isInsured && member.answersSurvey && hasCertificate(member, course)
        if isDue {
            let traits = Traits(trainee: member.trainee, seed: seed)
            let hasFull =
                Int(states[member.trainee].certifiedUntil) >= course.startsOn && traits.category?.hasFullTuition == true
            let subsidy = hasFull ? course.fee : course.fee * 4 / 5
            agenda.add(
                .payTuition, on: today + random.within(8...38), at: 50_400 + random.below(7_200), member.trainee,
                inClass: course.number, a: subsidy, b: course.startsOn, c: course.isHalfFee ? 1 : 0)
        } else if member.isSubsidised, random.chance(1, in: 4) {
            agenda.add(
                .decide, on: today + random.within(8...38), at: 36_000 + random.below(7_200), member.trainee,
                inClass: course.number, a: 0, b: 0)
        }
    }

    /// A complaint about the class or its unit, taken by the branch office of the county.
    mutating func fileComplaint(_ course: RunningClass) {
        complaintCount += 1
        let subject = random.chance(1, in: 3) ? RecordID.unit(course.unit) : RecordID.class(course.number)
        lines.open("complaint.filed", from: .branch(ofCounty: course.county), about: subject)
        lines.field("complaint", RecordID.complaint(complaintCount))
        lines.field("on", day: today)
        lines.field("county", Places.counties[course.county].name)
        let isConfidential = random.chance(2, in: 5)
        lines.field("confidential", isConfidential)
        lines.field("author", random.pick(Places.familyNames) + "同學")
        if isConfidential { lines.field("handler", "承辦人" + random.pick(Places.familyNames)) }
        lines.field("text", random.pick(["師資與核定不符", "實習材料不足", "未依課表上課", "場地設備老舊"]))
        lines.close()
    }

    /// Takes back the event written last.
    mutating func planRetraction(of sender: Sender, _ trainee: Int) {
        agenda.add(
            .retract, on: today + random.within(1...18), at: 33_000 + random.below(9_000), trainee,
            a: lines.lastEventNumber, b: sender.index)
    }

    /// Takes back an event, in the name of its sender.
    mutating func retract(_ trainee: Int, _ action: Agenda.Action) {
        let sender = Sender(index: Int(action.b))
        lines.open("event.retracted", from: sender, about: .trainee(trainee))
        lines.fields(retracting: sender, Int(action.a))
        lines.field("reason", "登錄錯誤")
        lines.close()
    }
}
