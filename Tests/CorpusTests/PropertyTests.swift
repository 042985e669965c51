import CivilTime
import Decisions
import Histories
import Ledger
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

@Suite("What holds for every history")
struct PropertyTests {
    static let seeds: [UInt64] = [1, 2, 3, 5, 8, 13]

    @Test(
        "no amount is negative, no cap is passed, and assessed less paid is due, summed over the population",
        arguments: seeds)
    func amounts(seed: UInt64) throws {
        let histories = try Self.story(seed: seed, trainees: 40).histories()
        for book in BuiltInRulebooks.names {
            let engine = DecisionEngine(histories: histories, rulebook: try BuiltInRulebooks.book(named: book))
            var (assessed, paid, due): (Int64, Int64, Int64) = (0, 0, 0)
            for decision in Self.decisions(engine) {
                #expect(decision.amountNTD >= 0 && decision.expectedAmountNTD >= 0, "seed \(seed): \(decision)")
                #expect(decision.forwardToTraineeNTD >= 0 && decision.traineeOwesUnitNTD >= 0)
                let sum = decision.instalments.reduce(0) { $0 + $1.amountNTD }
                #expect(decision.instalments.isEmpty || sum == decision.amountNTD)
                assessed += decision.amountNTD
                paid += decision.paidNTD
                due += decision.dueNTD
            }
            #expect(assessed - paid == due, "seed \(seed)")
            for person in Self.persons(histories) { Self.holdCaps(person, engine, seed: seed) }
        }
    }

    /// Quota windows and lookbacks: what is assessed for unpaid classes never passes what the cap leaves.
    private static func holdCaps(_ person: PersonHistory, _ engine: DecisionEngine, seed: UInt64) {
        for enrolment in person.enrolments {
            guard let history = engine.histories.class(enrolment.classNumber) else { continue }
            if let quota = engine.quotaBalance(of: person, on: history.startsOn) {
                #expect(quota.paidNTD + quota.committedNTD <= max(quota.capNTD, quota.paidNTD), "seed \(seed)")
            }
            guard let decisionCase = engine.decisionCase(person, enrolment.trainee, in: enrolment.classNumber),
                let decision = engine.decide(.livingAllowance, decisionCase),
                let use = engine.allowanceUse(of: person, before: history.startsOn)
            else { continue }
            #expect(decision.halfMonths <= use.remainingHalfMonths, "seed \(seed)")
        }
    }

    @Test("an event about somebody else changes nothing", arguments: seeds)
    func irrelevant(seed: UInt64) throws {
        let story = try Self.story(seed: seed, trainees: 12)
        let before = try story.histories()
        var more = story
        more.today = Day(before.lastRecordedTime?.taipeiDate ?? .earliest)
        more.tell(
            .traineeRegistered, about: "T-STRANGER",
            ["birthDate": "1970-05-05", "sex": "female", "nationality": "national"])
        more.tell(.jobSearchRegistered, about: "T-STRANGER", ["on": .string(more.today.date.description)])
        let after = try more.histories()
        let book = try BuiltInRulebooks.book(named: "base")
        let left = Self.decisions(DecisionEngine(histories: before, rulebook: book))
        let right = Self.decisions(DecisionEngine(histories: after, rulebook: book))
        #expect(left == right, "seed \(seed)")
    }

    @Test("the order of arrival changes no amount, unless one event replaces another", arguments: seeds)
    func arrival(seed: UInt64) throws {
        let lines = Self.lines(seed: seed, trainees: 10)
        let book = try BuiltInRulebooks.book(named: "base")
        let wanted = try Self.amounts(Self.told(lines), book)
        var random = SplitMix(seed: seed)
        for _ in 0..<4 {
            let (story, swaps) = Self.toldInAnotherOrder(lines, &random)
            // A test of nothing would pass: many events must really have changed places.
            #expect(swaps > lines.count / 10, "seed \(seed): \(swaps) of \(lines.count)")
            #expect(try Self.amounts(story, book) == wanted, "seed \(seed)")
        }
    }

    /// Tells the events with neighbours changed at random, wherever the door takes them in the other order too.
    private static func toldInAnotherOrder(
        _ lines: [JSONValue], _ random: inout SplitMix
    ) -> (story: Story, swaps: Int) {
        var story = Story()
        var swaps = 0
        var index = 0
        while index < lines.count {
            if index + 1 < lines.count, random.next() % 2 == 0, mayChangePlaces(lines[index], lines[index + 1]) {
                var trial = story
                trial.tell(line: lines[index + 1].text)
                trial.tell(line: lines[index].text)
                if trial.refusals.isEmpty {
                    story = trial
                    swaps += 1
                    index += 2
                    continue
                }
            }
            story.tell(line: lines[index].text)
            index += 1
        }
        return (story, swaps)
    }

    /// Neither replaces the other: of one type and subject the later recorded would count, and payouts are used up
    /// in their order (TIP-14).
    private static func mayChangePlaces(_ left: JSONValue, _ right: JSONValue) -> Bool {
        let (first, second) = (left["type"]?.scalar ?? "", right["type"]?.scalar ?? "")
        if first.hasPrefix("payout"), second.hasPrefix("payout") { return false }
        if first.hasPrefix("identity"), second.hasPrefix("identity") { return false }
        return first != second || left["subject"] != right["subject"]
    }

    // MARK: Histories

    /// The events of a generated population, all of them recorded at one time.
    private static func lines(seed: UInt64, trainees: Int) -> [JSONValue] {
        var generator = PopulationGenerator(trainees: trainees, seed: seed)
        var lines: [JSONValue] = []
        while let line = generator.next() {
            guard let json = try? JSONParser.parse(String(decoding: line, as: UTF8.self)) else { continue }
            lines.append(json.with("recordedtime", .string("2026-11-01T12:00:00+08:00")))
        }
        return lines
    }

    private static func told(_ lines: [JSONValue]) throws -> Story {
        var story = Story()
        for line in lines { story.tell(line: line.text) }
        return story
    }

    private static func story(seed: UInt64, trainees: Int) throws -> Story {
        var generator = PopulationGenerator(trainees: trainees, seed: seed)
        var story = Story()
        while let line = generator.next() { story.tell(line: String(decoding: line, as: UTF8.self)) }
        return story
    }

    private static func persons(_ histories: LedgerHistories) -> [PersonHistory] {
        histories.trainees.compactMap(\.self).filter { histories.linkedTrainees($0.number).first == $0.number }
            .compactMap { histories.person($0.number) }
    }

    private static func decisions(_ engine: DecisionEngine) -> [Decision] {
        persons(engine.histories).flatMap { person in
            person.enrolments.flatMap { enrolment in
                DecisionEngine.kinds.compactMap { kind in
                    engine.decisionCase(person, enrolment.trainee, in: enrolment.classNumber)
                        .flatMap { engine.decide(kind, $0) }
                }
            }
        }
    }

    /// Outcome and amount by kind, trainee and class; numbers depend on the order of arrival, IDs do not.
    private static func amounts(_ story: Story, _ book: Rulebook) throws -> [String: String] {
        let histories = try story.histories()
        let engine = DecisionEngine(histories: histories, rulebook: book)
        let registry = histories.registry
        return Dictionary(
            decisions(engine).map { decision in
                let trainee = registry.trainees.id(of: decision.trainee)
                let classID = registry.classes.id(of: decision.classNumber)
                return ("\(decision.kind) \(trainee) \(classID)", "\(decision.outcome) \(decision.amountNTD)")
            }, uniquingKeysWith: { first, _ in first })
    }

    /// A small generator of numbers, so that a seed replays.
    private struct SplitMix {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
