/// The published schema of the binary form, collected from the declarations of the event types.
///
/// `docs/events.proto` is this text; a test holds both together.
package enum EventSchema {
    /// The text of `events.proto`.
    package static var text: String {
        var lines = preamble
        var nested: [(name: String, lines: [SchemaCollector.Line])] = []
        for type in EventType.allCases {
            var collector = SchemaCollector()
            var body = EventBody(emptyOf: type)
            do throws(EventError) {
                try body.visit(&collector)
            } catch {
                preconditionFailure("collecting the schema never fails")
            }
            for message in collector.nested where !nested.contains(where: { $0.name == message.name }) {
                nested.append(message)
            }
            lines += factsMessage(of: type, collector.facts)
            if !collector.personal.isEmpty {
                lines += message("\(typeName(type))Personal", collector.personal, comment: nil)
            }
        }
        for (name, fields) in nested { lines += message(name, fields, comment: nil) }
        lines += enumeration("EventType", EventType.names.map { $0.replacing(".") })
        for (name, codes) in vocabularies { lines += enumeration(name, codes) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let preamble = """
        // The records of a ledger, in protobuf wire format.
        //
        // Canonical form, the only one a reader takes: fields in ascending order, minimal varints, fields without
        // `optional` left out when zero, fields with `optional` written whenever they are set, text in Unicode
        // normal form C. A record has at most 65,535 bytes. Fields and codes are only ever added.
        //
        // Comments after a field say what the number means: a day, an instant, a number given in the order of
        // registration. The JSON key is the field name, except that `class`, `trainee` and `unit` numbers become IDs.
        //
        // In JSON, instants are RFC 3339 in Taipei (+08:00), with six digits of a second only where there are any; a
        // code is the enum value without its prefix; a Paper without issuedOn is its code alone; fields without
        // `optional` and lists marked required are always there, everything else only when set.
        //
        // A personal text is bytes: UTF-8; or FE, the retention class, the version of the key (1 byte each), 4 bytes that
        // say where the key is, 12 of nonce, the ciphertext, 16 of tag, which JSON shows as {"sealed":true} where nobody opens it; or FF alone,
        // destroyed, in JSON {"erased":true}.
        syntax = "proto3";

        package trainledger.v1;

        // A record. The facts are the message named after the type, the personal part the one beside it.
        message Record {
          bytes facts = 1;
          Envelope envelope = 2;
          bytes personal = 3;  // left out when empty
        }

        // Who sent an event, and when it happened and was learnt.
        message Envelope {
          string source = 1;
          string id = 2;
          sint64 timeSeconds = 3;
          uint32 timeMicros = 4;
          sint64 recordedSeconds = 5;
          uint32 recordedMicros = 6;
        }

        // The first fields of every facts message. `type` tells which one it is.
        message Facts {
          EventType type = 1;
          uint32 subject = 2;  // the number of a trainee, class or unit that was introduced before
          string subjectID = 3;  // the ID that this event introduces, or the ID of a rulebook
          uint32 subjectKind = 4;  // 0 trainee, 1 class, 2 unit, 3 rulebook; only where the type leaves it open
        }
        """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)

    private static func factsMessage(of type: EventType, _ fields: [SchemaCollector.Line]) -> [String] {
        let header = [
            SchemaCollector.Line(name: "type", number: 1, type: "EventType", label: "", comment: nil),
            SchemaCollector.Line(
                name: "subject", number: 2, type: "uint32", label: "", comment: subjectMeaning(type.subjectForm)),
            SchemaCollector.Line(name: "subjectID", number: 3, type: "string", label: "", comment: nil),
            SchemaCollector.Line(name: "subjectKind", number: 4, type: "uint32", label: "", comment: nil),
        ]
        return message("\(typeName(type))Facts", header + fields, comment: type.name)
    }

    private static func subjectMeaning(_ form: SubjectForm) -> String {
        switch form {
        case .trainee: "number of a trainee"
        case .class: "number of a class"
        case .unit: "number of a unit"
        case .unitOrClass, .any: "number of a trainee, class or unit, by subjectKind"
        case .rulebook: "not used; the rulebook is subjectID"
        case .introducesTrainee: "not used; introduces the trainee subjectID"
        case .introducesClass: "not used; introduces the class subjectID"
        case .introducesUnit: "not used; introduces the unit subjectID"
        }
    }

    private static func message(_ name: String, _ fields: [SchemaCollector.Line], comment: String?) -> [String] {
        var lines = ["", "message \(name) {"]
        if let comment { lines.insert("// \(comment)", at: 1) }
        for field in fields {
            let tail = field.comment.map { "  // \($0)" } ?? ""
            lines.append("  \(field.label)\(field.type) \(field.name) = \(field.number);\(tail)")
        }
        return lines + ["}"]
    }

    private static func enumeration(_ name: String, _ codes: [String]) -> [String] {
        var lines = ["", "enum \(name) {", "  \(name)_unspecified = 0;"]
        for (index, code) in codes.enumerated() { lines.append("  \(name)_\(code) = \(index + 1);") }
        return lines + ["}"]
    }

    private static func typeName(_ type: EventType) -> String {
        type.name.split(separator: ".").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static let vocabularies: [(String, [String])] = [
        names(UnitKind.self), names(CertificateEdition.self), names(ReviewGrade.self), names(Programme.self),
        names(Selection.self), names(FeeCollection.self), names(Delivery.self), names(Seat.self), names(Sex.self),
        names(Nationality.self), names(InsuranceScheme.self), names(InsuranceMark.self),
        names(VerificationMethod.self), names(WorkKind.self), names(BenefitKind.self), names(Category.self),
        names(LeaveKind.self), names(WithdrawalReason.self), names(ExpulsionReason.self), names(AllowanceKind.self),
        names(PayoutKind.self), names(Payee.self), names(RevocationReason.self), names(DecisionKind.self),
        names(Outcome.self),
    ]

    private static func names<Code: CodeEnum>(_ type: Code.Type) -> (String, [String]) {
        (String(describing: type), Code.codes.all)
    }
}

extension String {
    fileprivate func replacing(_ separator: Character) -> String {
        split(separator: separator).enumerated()
            .map { $0.offset == 0 ? String($0.element) : $0.element.prefix(1).uppercased() + $0.element.dropFirst() }
            .joined()
    }
}
