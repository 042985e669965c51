import CivilTime

/// A value of an exported table. There is no floating point in any.
package enum ExportCell: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)

    /// A day, `2026-06-01`.
    static func day(_ day: CivilDate?) -> ExportCell { day.map { .text("\($0)") } ?? .null }

    static func text(_ text: String?) -> ExportCell { text.map { .text($0) } ?? .null }

    static func integer(_ number: Int64?) -> ExportCell { number.map { .integer($0) } ?? .null }
}
