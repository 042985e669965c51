import CivilTime
import TrainingEvents
import Access
import Explanations
import Ledger

/// Who looked at a trainee's record.
enum LooksPage {
    static func values(_ trail: AccessTrail, _ style: ReadingStyle) -> [String: Any] {
        let language = style.language
        let looks = trail.looks.reversed().map { look -> [String: String] in
            let entry = look.access.entry
            return [
                "exact": "\(look.access.recordedTime)", "time": style.show(.string("\(look.access.recordedTime)")),
                "name": entry.principal ?? "–",
                "role": entry.role.map { Terms.role($0, language) } ?? "–",
                "operation": Terms.operation(entry.operation, language),
                "through": Terms.accessSubject(look.through, language), "purpose": entry.purpose ?? "–",
                "result": entry.refusal.map { Terms.refusal($0, language) } ?? Words("准許", "granted")(language),
            ]
        }
        return ["looks": Array(looks)]
    }
}
