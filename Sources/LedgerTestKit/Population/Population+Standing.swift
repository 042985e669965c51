/// What offices certify about a trainee: category, insurance, benefits drawn.
extension Population {
    /// Certifies the category if the trainee has one that matters for the class and no certificate covers it.
    ///
    /// - Returns: the category that the trainee claims.
    mutating func certify(_ trainee: Int, _ traits: Traits, for course: RunningClass) -> Standing? {
        guard let standing = traits.category else { return nil }
        let isCovered = Int(states[trainee].certifiedUntil) >= course.startsOn
        if !course.isPreEmployment {
            guard standing.hasFullTuition else { return nil }
            // Many who could claim a category never do.
            if !isCovered, random.chance(1, in: 2) { return nil }
        }
        if isCovered { return standing }
        let (code, papers) = standing.entry
        let validFrom = today - random.within(0...20)
        lines.open("identity.certified", from: .centre(ofCounty: traits.county), about: .trainee(trainee))
        lines.field("category", code)
        lines.field("validFrom", day: validFrom)
        if let days = standing.validDays {
            lines.field("validTo", day: validFrom + days)
            states[trainee].certifiedUntil = Int16(validFrom + days)
        } else {
            states[trainee].certifiedUntil = Int16.max
        }
        // One in twenty hands in too few papers.
        let isShort = papers.count > 1 && random.chance(1, in: 20)
        lines.field("documents", isShort ? Array(papers.dropLast()) : papers)
        lines.close()
        if random.chance(15, in: 1_000) {
            agenda.add(.revokeIdentity, on: today + random.within(40...500), at: 36_000 + random.below(9_000), trainee)
        }
        if standing == .involuntaryUnemployed, course.isPreEmployment { planBenefit(trainee, course) }
        return standing
    }

    /// The category no longer holds.
    mutating func revokeIdentity(_ trainee: Int) {
        let traits = Traits(trainee: trainee, seed: seed)
        guard let standing = traits.category else { return }
        states[trainee].certifiedUntil = Int16(today)
        lines.open("identity.revoked", from: .centre(ofCounty: traits.county), about: .trainee(trainee))
        lines.field("category", standing.entry.code)
        lines.field("on", day: today)
        lines.field("reason", "資格異動")
        lines.close()
    }

    /// Unemployment benefit up to the class, or the insurance's own allowance during it.
    private mutating func planBenefit(_ trainee: Int, _ course: RunningClass) {
        lines.open("referral.issued", from: .centre(ofCounty: course.county), about: .trainee(trainee))
        lines.field("class", RecordID.class(course.number))
        lines.field("on", day: today)
        lines.close()
        let isOverlap = random.chance(1, in: 8)
        switch random.below(3) {
        case 0: return
        case 1:
            let to = isOverlap ? course.startsOn + 20 : course.startsOn - 1
            agenda.add(.benefit, on: to + 10, at: 38_000, trainee, a: to - random.within(60...150), b: to, c: 0)
        default:
            let halfMonths = min(12, (course.endsOn - course.startsOn + 1 + 7) / 15)
            guard halfMonths > 0 else { return }
            agenda.add(
                .benefit, on: course.endsOn + 10, at: 38_000, trainee, a: course.startsOn,
                b: min(course.endsOn, course.startsOn + halfMonths * 15 - 1), c: halfMonths)
        }
    }

    /// A benefit that the Bureau of Labour Insurance paid.
    mutating func recordBenefit(_ trainee: Int, _ action: Agenda.Action) {
        let halfMonths = Int(action.c)
        lines.pass(seconds: 5)
        lines.open("benefit.recorded", from: .insurance, about: .trainee(trainee))
        lines.field("kind", halfMonths > 0 ? "employmentInsuranceTrainingAllowance" : "unemploymentBenefit")
        lines.field("from", day: Int(action.a))
        lines.field("to", day: Int(action.b))
        if halfMonths > 0 { lines.field("halfMonths", halfMonths) }
        let salary = Traits(trainee: trainee, seed: seed).insuredSalary
        lines.field("amount", salary * 6 / 10 * max(halfMonths, 2) / 2)
        lines.close()
    }

    /// The insurance history of a trainee on the start day, as the system matches it or a statement shows it.
    mutating func verifyInsurance(_ member: RunningClass.Member, _ course: RunningClass) {
        let traits = Traits(trainee: member.trainee, seed: seed)
        let isStatement = random.chance(1, in: 25)
        lines.pass(seconds: 2)
        if isStatement { writeInsurance(of: member, traits, course, method: "system", isFound: false) }
        writeInsurance(of: member, traits, course, method: isStatement ? "document" : "system", isFound: true)
    }

    private mutating func writeInsurance(
        of member: RunningClass.Member, _ traits: Traits, _ course: RunningClass, method: String, isFound: Bool
    ) {
        lines.open("insurance.verified", from: .insurance, about: .trainee(member.trainee))
        lines.field("asOf", day: method == "document" ? today : course.startsOn)
        lines.field("method", method)
        lines.openList("spells")
        if isFound {
            let began = Calendar.firstDay - traits.daysInWork
            var end: Int?
            if course.isPreEmployment {
                // Cover through a union or association goes on without work.
                if !traits.isInsuredWithoutWork { end = course.startsOn - 20 - traits.daysInWork % 120 }
            } else if !member.isInsured, traits.isTuitionScheme {
                end = course.startsOn - 3
            }
            writeSpell(traits.scheme, from: began, to: end, traits)
            if course.isPreEmployment {
                lines.openElement()
                lines.field("scheme", "labour")
                lines.field("from", day: course.startsOn)
                lines.field("mark", "training")
                lines.closeGroup()
            }
        }
        lines.closeList()
        lines.close()
    }

    private mutating func writeSpell(_ scheme: String, from: Int, to: Int?, _ traits: Traits) {
        lines.openElement()
        lines.field("scheme", scheme)
        lines.field("from", day: from)
        if let to { lines.field("to", day: to) }
        if scheme == "labour" { lines.field("employer", traits.employer) }
        lines.field("insuredSalary", traits.insuredSalary)
        lines.closeGroup()
    }
}
