import CivilTime
import Histories
import TrainingEvents

/// The labour insurance of a person before a day, as far as it is known.
struct LabourInsurance {
    let verification: InsuranceVerification?
    /// Spells of labour insurance, the ones marked 訓 left out, that began before the day.
    let spells: [InsuranceSpell]
    private let day: CivilDate

    init(_ person: PersonHistory, before day: CivilDate) {
        self.day = day
        verification = person.verification(for: day)
        spells = (verification?.spells ?? []).filter {
            $0.from < day && $0.mark != .training && Self.isLabour($0.scheme)
        }
    }

    static func isLabour(_ scheme: InsuranceScheme) -> Bool {
        switch scheme {
        case .labour, .employment, .occupationalUnion, .fishersAssociation: true
        case .farmers, .civilServant, .military, .nationalPension: false
        }
    }

    /// The last day of a spell, at the latest the day before.
    func lastDay(of spell: InsuranceSpell) -> CivilDate { min(spell.to ?? .latest, day.adding(days: -1)) }

    /// The days of a spell up to the day before, inclusive.
    func length(of spell: InsuranceSpell) -> Int { lastDay(of: spell).days(since: spell.from) + 1 }

    /// The insured days within a period, each counted once.
    func insuredDays(from first: CivilDate, to last: CivilDate) -> Int {
        var covered = 0
        var next = first
        for spell in spells.sorted(by: { $0.from < $1.from }) {
            let from = max(spell.from, next)
            let to = min(lastDay(of: spell), last)
            guard from <= to else { continue }
            covered += to.days(since: from) + 1
            next = to.adding(days: 1)
        }
        return covered
    }
}

/// Long-term unemployed: a year without labour insurance, half a year insured before, registered as a job-seeker.
struct LongTermUnemployment {
    let outcome: LIV13.Outcome

    init(_ decisionCase: DecisionCase, _ rules: Shared<CheckRules>, _ purpose: LIV13.Purpose) {
        let start = decisionCase.startsOn
        let insurance = LabourInsurance(decisionCase.person, before: start)
        var outcome = LIV13.Outcome()
        outcome.events = [insurance.verification?.position].compactMap(\.self)
        if insurance.verification == nil {
            outcome.questions.append("insuranceVerification")
        } else {
            Self.checkYear(&outcome, insurance, before: start, rules)
            Self.checkInsuredMonths(&outcome, insurance, rules)
        }
        Self.checkRegistration(&outcome, decisionCase, rules, purpose)
        self.outcome = outcome
    }

    /// Short spells and union cover are put to a person; any other spell in the year contradicts.
    private static func checkYear(
        _ outcome: inout LIV13.Outcome, _ insurance: LabourInsurance, before start: CivilDate,
        _ rules: Shared<CheckRules>
    ) {
        let year = Lookback(years: rules.unemployedYears, before: start)
        let inYear = insurance.spells.filter { insurance.lastDay(of: $0) >= year.from }
        let doubtful = inYear.filter {
            $0.scheme.isUnion || insurance.length(of: $0) <= rules.shortSpellDays
        }
        outcome.facts.append(JSONValue.Member("unemployedSince", .string(year.from.description)))
        if doubtful.count < inYear.count { outcome.contradictions.append("insuredWithinYear") }
        if !doubtful.isEmpty { outcome.questions.append("shortOrUnionSpell") }
        if insurance.verification?.spells.contains(where: { $0.mark == .training && $0.from < start }) == true {
            outcome.questions.append("trainingSpell")
        }
    }

    /// Months are 30 days [reading].
    private static func checkInsuredMonths(
        _ outcome: inout LIV13.Outcome, _ insurance: LabourInsurance, _ rules: Shared<CheckRules>
    ) {
        guard let ended = insurance.spells.map(insurance.lastDay(of:)).max() else {
            outcome.contradictions.append("neverInsured")
            return
        }
        let days = insurance.insuredDays(from: ended.moved(years: -rules.insuredWithinYears), to: ended)
        outcome.facts.append(JSONValue.Member("insuredDays", .number(days)))
        if days < rules.insuredMonths * 30 { outcome.contradictions.append("insuredMonths") }
    }

    /// Within a month before the start day; for the allowance of COFFEE's time from 30 days before recruiting opened.
    private static func checkRegistration(
        _ outcome: inout LIV13.Outcome, _ decisionCase: DecisionCase, _ rules: Shared<CheckRules>,
        _ purpose: LIV13.Purpose
    ) {
        let start = decisionCase.startsOn
        var first = start.moved(months: -rules.registrationMonths)
        var last = start.adding(days: -1)
        if purpose == .allowance, rules.registrationFromRecruiting {
            guard let recruitsFrom = decisionCase.classHistory.fields.recruitsFrom else {
                outcome.questions.append("recruitsFrom")
                return
            }
            first = recruitsFrom.adding(days: -rules.registrationRecruitingDays)
            last = start
        }
        let registered = decisionCase.person.jobSearches.filter { first <= $0.on && $0.on <= last }
        outcome.facts.append(JSONValue.Member("registeredFrom", .string(first.description)))
        outcome.events += registered.map(\.position)
        if registered.isEmpty { outcome.contradictions.append("jobSearch") }
    }
}

/// A woman returning to work: two years since the last spell of 14 days or more ended.
struct ReturningWoman {
    let outcome: LIV13.Outcome

    init(_ decisionCase: DecisionCase, _ rules: Shared<CheckRules>) {
        let start = decisionCase.startsOn
        let insurance = LabourInsurance(decisionCase.person, before: start)
        var outcome = LIV13.Outcome()
        outcome.events =
            decisionCase.person.fieldPositions + [insurance.verification?.position].compactMap(\.self)
        if decisionCase.person.sex != .female { outcome.contradictions.append("sex") }
        if insurance.verification == nil {
            outcome.questions.append("insuranceVerification")
        } else {
            let ended = insurance.spells.filter { insurance.length(of: $0) >= rules.returningSpellDays }
                .map(insurance.lastDay(of:)).max()
            let away = Lookback(years: rules.returningYears, before: start)
            if let ended {
                outcome.facts.append(JSONValue.Member("lastInsuredOn", .string(ended.description)))
                if ended >= away.from { outcome.contradictions.append("insuredWithinYears") }
            }
        }
        self.outcome = outcome
    }
}
