import CommandKit
import EventLog
import Explanations
import Histories
import Ledger
import Rulebook
import TrainingEvents

/// A plan as JSON and as a table.
struct PlanRendering {
    let file: ShardPlanFile

    private var plan: ShardPlan { file.plan }

    var json: JSONValue {
        let context = AnswerContext(
            rulebook: plan.rulebook, point: plan.point, registry: plan.others.registry)
        return .members([
            "plan": .string("sha256:\(file.digest)"), "ledger": .string("\(plan.ledgerID)"),
            "events": .number(plan.point.eventCount), "trainees": .number(plan.traineeCount),
            "classes": .number(plan.others.classes.count), "rulebook": context.rulebookJSON, "asOf": context.asOf,
            "segments": .array(plan.segments.indices.map(segment)),
            "shards": .array(plan.shards.indices.map(shard)),
        ])
    }

    private func segment(_ index: Int) -> JSONValue {
        let fingerprint = plan.segments[index].fingerprint
        let positions = plan.positions(of: index)
        return .members([
            "file": .string(fingerprint.file), "from": .number(positions.lowerBound),
            "to": .number(positions.upperBound), "bytes": .number(fingerprint.length),
            "sha256": .string("\(fingerprint.hash)"),
        ])
    }

    private func shard(_ number: Int) -> JSONValue {
        let shard = plan.shards[number]
        return .members([
            "shard": .number(number),
            "trainees": .members([
                "from": .number(shard.trainees.range.lowerBound), "to": .number(shard.trainees.range.upperBound),
            ]),
            "linked": .array(shard.trainees.guests.map { .number($0.value) }), "events": .number(shard.events),
            "segments": .array(shard.segments.map { .number($0) }),
        ])
    }

    func lines(_ language: Language) -> [String] {
        var table = Table(
            [
                Words("分片", "Shard"), Words("學員編號", "Trainees"), Words("連結", "Linked"), Words("事件約", "Events, about"),
                Words("區段", "Segments"),
            ].map { $0(language) }, rightAligned: [0, 2, 3, 4])
        for (number, shard) in plan.shards.enumerated() {
            let range = shard.trainees.range
            table.add([
                "\(number)", "\(range.lowerBound)..<\(range.upperBound)", "\(shard.trainees.guests.count)",
                "\(shard.events)", "\(shard.segments.count)",
            ])
        }
        return [
            Words(
                "\(plan.point.eventCount) 筆事件，\(plan.traineeCount) 位學員，\(plan.segments.count) 個區段，規則 \(plan.rulebook.id)",
                "\(plan.point.eventCount) events, \(plan.traineeCount) trainees, \(plan.segments.count) segments, "
                    + "rulebook \(plan.rulebook.id)")(language),
            Words("計畫", "plan")(language) + "  sha256:\(file.digest)",
        ] + table.lines
    }
}
