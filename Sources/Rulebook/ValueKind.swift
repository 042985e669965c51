import CivilTime
import Yams

/// How the values of one type are read from YAML, stored, fetched and printed.
///
/// The functions are plain ones without captures, so that naming a parameter allocates nothing.
struct ValueKind<Value: Sendable & Equatable>: Sendable {
    let read: @Sendable (Node, inout LayerReader) -> Value?
    let store: @Sendable ([DatedValue<Value>]) -> StoredHistory
    let load: @Sendable (StoredHistory) -> [DatedValue<Value>]?
    let print: @Sendable (Value) -> String
}

extension ValueKind<Int64> {
    /// Whole NT$, 0 … 10^12.
    static var amount: Self {
        Self(
            read: { $1.amount($0) }, store: { .amount($0) },
            load: { if case .amount(let entries) = $0 { entries } else { nil } }, print: { "\($0)" })
    }
}

extension ValueKind<Int> {
    /// A length that something is divided by or counted over: 1 … 10^6.
    static var length: Self {
        ValueKind(
            read: { $1.count($0, in: 1...1_000_000) }, store: { .count($0) },
            load: { if case .count(let entries) = $0 { entries } else { nil } }, print: { "\($0)" })
    }

    /// A count of days, years, minutes, half-months …, 0 … 10^6.
    static var count: Self {
        Self(
            read: { $1.count($0, in: 0...1_000_000) }, store: { .count($0) },
            load: { if case .count(let entries) = $0 { entries } else { nil } }, print: { "\($0)" })
    }
}

extension ValueKind<Ratio> {
    /// A fraction, `60/100`.
    static var ratio: Self {
        Self(
            read: { $1.ratio($0) }, store: { .ratio($0) },
            load: { if case .ratio(let entries) = $0 { entries } else { nil } }, print: { $0.description })
    }
}

extension ValueKind<Bool> {
    /// `true` or `false`, nothing else.
    static var flag: Self {
        Self(
            read: { $1.flag($0) }, store: { .flag($0) },
            load: { if case .flag(let entries) = $0 { entries } else { nil } }, print: { "\($0)" })
    }
}

extension ValueKind<CivilDate> {
    /// An ISO date.
    static var date: Self {
        Self(
            read: { $1.date($0) }, store: { .date($0) },
            load: { if case .date(let entries) = $0 { entries } else { nil } }, print: { $0.description })
    }
}

extension ValueKind<String> {
    /// One code in lowerCamelCase.
    static var code: Self {
        Self(
            read: { $1.code($0) }, store: { .code($0) },
            load: { if case .code(let entries) = $0 { entries } else { nil } }, print: { $0 })
    }
}

extension ValueKind<[String]> {
    /// A list of codes, none twice; it may be empty.
    static var codes: Self {
        Self(
            read: { $1.codes($0) }, store: { .codes($0) },
            load: { if case .codes(let entries) = $0 { entries } else { nil } },
            print: { $0.joined(separator: " ") })
    }

    /// A list of labels without spaces, in any script, none twice.
    static var labels: Self {
        Self(
            read: { $1.labels($0) }, store: { .codes($0) },
            load: { if case .codes(let entries) = $0 { entries } else { nil } },
            print: { $0.joined(separator: " ") })
    }

    /// A list of category codes that the book lists, none twice.
    static var categories: Self {
        Self(
            read: { $1.categories($0) }, store: { .codes($0) },
            load: { if case .codes(let entries) = $0 { entries } else { nil } },
            print: { $0.joined(separator: " ") })
    }
}

extension ValueKind<[RemainderStep]> {
    /// A scale, the longest step first.
    static var steps: Self {
        Self(
            read: { $1.steps($0) }, store: { .steps($0) },
            load: { if case .steps(let entries) = $0 { entries } else { nil } },
            print: { $0.map(\.description).joined(separator: "; ") })
    }
}

extension ValueKind<[Holiday]> {
    /// Holidays in ascending order.
    static var holidays: Self {
        Self(
            read: { $1.holidays($0) }, store: { .holidays($0) },
            load: { if case .holidays(let entries) = $0 { entries } else { nil } },
            print: { $0.map(\.description).joined(separator: "; ") })
    }
}

extension ValueKind<[Branch]> {
    /// Branches; no county in two of them.
    static var branches: Self {
        Self(
            read: { $1.branches($0) }, store: { .branches($0) },
            load: { if case .branches(let entries) = $0 { entries } else { nil } },
            print: { $0.map(\.description).joined(separator: "; ") })
    }
}

extension ValueKind<CategoryTable> {
    /// A category table.
    static var table: Self {
        Self(
            read: { $1.table($0) }, store: { .table($0) },
            load: { if case .table(let entries) = $0 { entries } else { nil } },
            print: { table in
                let rows = table.rows.map { row in
                    let papers = row.papers.map(\.description).joined(separator: ", ")
                    return "\(row.number) \(row.categories.joined(separator: " ")) [\(papers)]"
                }
                return (["common [\(table.common.map(\.description).joined(separator: ", "))]"] + rows)
                    .joined(separator: "; ")
            })
    }
}
