/// Every declared field of every event type, and what it is in the sense of the law on personal data
/// (個人資料保護法, art. 2).
package enum FieldCatalogue {
    /// What a field is.
    package enum Sensitivity: Hashable, Sendable {
        /// Names, numbers and free text: sealed, and destroyed with the key of this class.
        case sealed(RetentionClass)
        /// About a trainee and needed to compute what they attended, have left and are owed; kept in the clear to its
        /// retention date, under an ID that says nothing by itself.
        case kept
        /// Says nothing of a person: what a class or unit is, or an ID or position that refers to something.
        case notPersonal
    }

    /// A field by its place in `data`: `spells.from` is the field `from` of each element of `spells`.
    package struct Field: Hashable, Sendable {
        package let path: String
        package let sensitivity: Sensitivity

        var retention: RetentionClass? {
            if case .sealed(let retention) = sensitivity { return retention }
            return nil
        }
    }

    /// The fields of a type in the order of their numbers, facts first.
    package static func fields(of type: EventType) -> [Field] {
        var collector = SchemaCollector()
        var body = EventBody(emptyOf: type)
        do throws(EventError) { try body.visit(&collector) } catch {
            preconditionFailure("collecting the schema never fails")
        }
        let nested = collector.nested
        var fields: [Field] = []
        for line in collector.facts {
            let inner = nested.first { $0.name == line.type }?.lines.map { "\(line.name).\($0.name)" } ?? [line.name]
            fields += inner.map { Field(path: $0, sensitivity: sensitivity(of: $0, type)) }
        }
        for line in collector.personal {
            guard let retention = line.retention else { continue }
            fields.append(Field(path: line.name, sensitivity: .sealed(retention)))
        }
        return fields
    }

    /// The fields about trainees that stay in the clear, which an erasure leaves: `payout.made amount`.
    package static func kept(of type: EventType) -> [String] {
        fields(of: type).filter { $0.sensitivity == .kept }.map(\.path)
    }

    /// Names that refer to something: the classes, requests and payouts that other events introduced, and positions.
    private static let references: Set<String> = [
        "class", "request", "payout", "hold", "appeal", "rulebook", "atSequence", "retractsSource", "retractsId",
        "target", "certifiedAt", "number",
    ]

    private static func sensitivity(of path: String, _ type: EventType) -> Sensitivity {
        switch type.subjectForm {
        case .trainee, .introducesTrainee, .any: references.contains(path) ? .notPersonal : .kept
        case .class, .unit, .rulebook, .introducesClass, .introducesUnit, .unitOrClass: .notPersonal
        }
    }
}
