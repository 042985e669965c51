import CivilTime
import Histories
package import Rulebook
import TrainingEvents

/// A unit that is fit to apply (TIP-21).
enum TIP21: Clause {
    static let id = "TIP-21"

    /// The conditions of U1, U2 and U5 one after the other; every one of them must hold.
    static func assess(
        _ unit: UnitHistory, on day: CivilDate, _ rules: UnitRules, _ verdict: inout Verdict<some Evidence>
    ) {
        let fields = unit.fields
        let kind = fields.kind?.name ?? ""
        let isUnion = rules.unionKinds.contains(kind)
        let foundedOn = fields.foundedOn ?? day
        let years = foundedOn <= day ? foundedOn.age(on: day) : 0
        let isOldEnough = rules.foundedExemptKinds.contains(kind) || years >= rules.foundedYears
        var lacks: [Lack] = []
        if !rules.kinds.contains(kind), !isUnion { lacks.append(Lack("kind", has: .string(kind))) }
        if let lack = certificateLack(fields.ttqs, on: day, isUnion: isUnion, rules) { lacks.append(lack) }
        if !isOldEnough { lacks.append(Lack("yearsFounded", has: .number(years), needed: .number(rules.foundedYears))) }
        if rules.arrearsKinds.contains(kind), fields.insuranceArrears == true { lacks.append(Lack("noArrears")) }
        if let grade = fields.reviewGrade, rules.refusedReviewGrades.contains(grade.name) {
            lacks.append(Lack("reviewGrade", has: .string(grade.name)))
        }
        let facts: Facts = [
            "closingOn": .string(day.description), "kind": .string(kind),
            "foundedOn": .string(foundedOn.description), "yearsFounded": .number(years),
            "certificateEdition": fields.ttqs.map { .string($0.edition.name) },
            "certificateGrade": fields.ttqs.map { .string($0.grade) },
            "certificateFrom": fields.ttqs.map { .string($0.validFrom.description) },
            "certificateTo": fields.ttqs.map { .string($0.validTo.description) },
            "arrears": fields.insuranceArrears.map { .bool($0) },
            "reviewGrade": fields.reviewGrade.map { .string($0.name) },
            "failed": .array(lacks.map { .string($0.fact) }),
        ]
        note(
            lacks.isEmpty ? .met : .failed, in: &verdict, facts, events: unit.fieldPositions, lack: lacks.first)
    }

    /// What is wrong with the certificate; `nil` for one of the right edition and grade that is valid on some day of
    /// the days up to and including the closing day.
    private static func certificateLack(
        _ certificate: TTQSCertificate?, on day: CivilDate, isUnion: Bool, _ rules: UnitRules
    ) -> Lack? {
        guard let certificate else { return Lack("ttqs") }
        let editions = isUnion ? rules.unionEditions : rules.editions
        guard editions.contains(certificate.edition.name) else {
            return Lack("certificateEdition", has: .string(certificate.edition.name))
        }
        let grades = isUnion ? rules.unionGrades : rules.grades
        guard grades.contains(certificate.grade) else {
            return Lack("certificateGrade", has: .string(certificate.grade))
        }
        let first = day.adding(days: 1 - rules.certificateDays)
        guard certificate.validFrom <= day, certificate.validTo >= first else {
            return Lack(
                "certificateTo", has: .string(certificate.validTo.description), needed: .string(first.description))
        }
        return nil
    }
}

/// A class lasts at most four months; a vocational institution keeps to its registered place and trades (TIP-20,
/// TIP-21).
enum TIP20: Clause {
    static let id = "TIP-20"

    /// Whether a class of this unit is too long, or outside what the institution is registered for.
    static func noteFindings(
        _ classHistory: ClassHistory, _ unit: UnitHistory, _ rules: UnitRules, _ engine: DecisionEngine,
        in evidence: inout some Evidence
    ) {
        guard rules.quotaProgrammes.contains(classHistory.programme) else { return }
        noteLength(classHistory, engine, months: rules.classMaximumMonths, in: &evidence)
        if rules.registeredPlaceKinds.contains(unit.fields.kind?.name ?? "") {
            let place = unit.fields.registeredPlace
            let trades = unit.fields.registeredTrades ?? []
            let isElsewhere = place != nil && classHistory.fields.county != place
            let isOtherTrade = classHistory.fields.trade.map { !trades.contains($0) } ?? false
            TIP21.noteFinding(
                in: &evidence,
                [
                    "class": name(of: classHistory, engine), "registeredPlace": place.map { .string($0) },
                    "county": classHistory.fields.county.map { .string($0) },
                    "trade": classHistory.fields.trade.map { .string($0) },
                    "outsideRegistration": .bool(isElsewhere || isOtherTrade),
                ], events: classHistory.fieldPositions + unit.fieldPositions)
        }
    }

    private static func name(of classHistory: ClassHistory, _ engine: DecisionEngine) -> JSONValue {
        .string(engine.histories.registry.classes.id(of: classHistory.number))
    }

    static func noteLength(
        _ classHistory: ClassHistory, _ engine: DecisionEngine, months: Int, in evidence: inout some Evidence
    ) {
        let latest = classHistory.startsOn.endOfPeriod(months: months)
        noteFinding(
            in: &evidence,
            [
                "class": name(of: classHistory, engine), "startsOn": .string(classHistory.startsOn.description),
                "endsOn": .string(classHistory.endsOn.description), "latestEnd": .string(latest.description),
                "isTooLong": .bool(classHistory.endsOn > latest),
            ], events: classHistory.fieldPositions)
    }
}

/// The branch whose area holds a county (TIP-18).
package enum TIP18: Clause {
    static let id = "TIP-18"

    /// The branch of a county by the book's table of that day; `台` is read as `臺`. `nil` for a county that no
    /// branch has.
    package static func branch(of county: String, _ branches: [Branch]) -> Branch? {
        let spelt = String(county.map { $0 == "台" ? "臺" : $0 })
        return branches.first { $0.counties.contains(spelt) }
    }

    /// Says nothing of a county that no branch has.
    static func note(_ unit: UnitHistory, _ rules: UnitRules, in evidence: inout some Evidence) {
        guard let county = unit.fields.county, let branch = branch(of: county, rules.branches) else { return }
        note(
            .applied, in: &evidence, ["county": .string(county), "branch": .string(branch.name.chinese)],
            events: unit.fieldPositions)
    }
}
