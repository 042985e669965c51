import CivilTime

/// A typed key of a dated parameter: `rulebook.value(.quotaCap, on: day)`.
///
/// Every parameter is declared once, in one of the `Parameters+….swift` files, and listed in
/// ``ParameterCatalogue``; a book must give a value to each. The name is the key in the YAML file.
public struct Parameter<Value: Sendable & Equatable>: Sendable {
    /// The key in the file: `quota.cap`.
    public let name: String
    /// What the number counts: `NT$`, `days`, `codes`. A book that stands alone states the same.
    public let unit: String
    let kind: ValueKind<Value>

    init(_ name: String, _ unit: String, _ kind: ValueKind<Value>) {
        self.name = name
        self.unit = unit
        self.kind = kind
    }
}

/// The entries of one parameter, by the type of its values.
enum StoredHistory: Sendable, Equatable {
    case amount([DatedValue<Int64>])
    case count([DatedValue<Int>])
    case ratio([DatedValue<Ratio>])
    case flag([DatedValue<Bool>])
    case date([DatedValue<CivilDate>])
    case code([DatedValue<String>])
    case codes([DatedValue<[String]>])
    case steps([DatedValue<[RemainderStep]>])
    case holidays([DatedValue<[Holiday]>])
    case branches([DatedValue<[Branch]>])
    case table([DatedValue<CategoryTable>])
}
