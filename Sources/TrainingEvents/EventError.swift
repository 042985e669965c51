/// Why an event was refused, or stored bytes could not be read.
///
/// An error is data: a code to branch on, the field it is about, what was found and what was expected.
/// `found` never holds a personal detail; fields of the personal part are reported by their type only.
package struct EventError: Error, Hashable, Sendable {
    /// The causes, as stable codes for programs.
    package enum Code: String, Sendable, CaseIterable {
        /// The text is not JSON, or not one object.
        case malformedJSON
        /// The line is longer than ``Limits/lineBytes``.
        case lineTooLong
        /// The stored bytes are not the canonical binary form.
        case malformedRecord
        /// The event type is not in the vocabulary.
        case unknownType
        /// A field is not in the declaration of its type.
        case unknownField
        /// A required field is missing.
        case missingField
        /// A field appears twice.
        case duplicateField
        /// The JSON type is another one than the field takes.
        case wrongType
        /// The text is no date, time, code or number of the kind that the field takes.
        case invalidValue
        /// The number or length is outside the bounds of the field.
        case outOfRange
        /// A national ID, residence number or phone number where an opaque ID belongs.
        case personalData
        /// A check digit does not fit.
        case checkDigit
        /// The text has control characters, unassigned code points or is not UTF-8.
        case invalidText
        /// The trainee, class, unit, request or payout was introduced by no event.
        case unknownReference
        /// No rulebook with this digest is built in or kept by the ledger.
        case unknownRulebook
        /// The ID was introduced before.
        case alreadyExists
        /// The state of the enrolment, class or request does not allow this step.
        case stepNotAllowed
        /// The same source and ID stand in the log with other content.
        case conflict
        /// The event to be retracted is needed by a live event, or cannot be retracted.
        case retractionNotAllowed
        /// A brought recorded time is earlier than the last one in the log or later than now.
        case recordedTimeOutOfOrder
        /// The event carries a personal text, and the keys to seal it under are not here.
        case noKeys
        /// The event carries a personal text about a trainee whose personal data were erased.
        case erased
        /// A new event says of a text only that it is sealed.
        case sealedText
        /// Whoever sends the event may not record it.
        case notPermitted
        /// The sequence number expected by the sender is not the head of the log.
        case unexpectedSequence
    }

    /// The cause.
    package var code: Code
    /// The path of the field, `data.sessions[3].from`; empty where the whole event is meant.
    package var field: String
    /// What was found, shortened, without personal details.
    package var found: String
    /// What would have been accepted.
    package var expected: String
    /// The spelling that was probably meant.
    package var suggestion: String?

    package init(
        _ code: Code, field: String = "", found: String = "", expected: String = "", suggestion: String? = nil
    ) {
        self.code = code
        self.field = field
        self.found = found
        self.expected = expected
        self.suggestion = suggestion
    }

    /// The same error one level further out: `from` inside `sessions[3]` becomes `sessions[3].from`.
    func inside(_ outer: String) -> EventError {
        var copy = self
        copy.field = field.isEmpty ? outer : "\(outer).\(field)"
        return copy
    }

    /// One sentence in English; the faces translate by ``code``.
    package var message: String {
        var text = Self.sentences[code] ?? code.rawValue
        if !found.isEmpty { text += ": found \(found)" }
        if !expected.isEmpty { text += found.isEmpty ? ": expected \(expected)" : ", expected \(expected)" }
        if let suggestion { text += "; did you mean \"\(suggestion)\"?" }
        return text
    }

    private static let sentences: [Code: String] = [
        .malformedJSON: "this is not a JSON object",
        .lineTooLong: "the line is too long",
        .malformedRecord: "the stored bytes are not a canonical record",
        .unknownType: "no such event type",
        .unknownField: "no such field in this event type",
        .missingField: "a required field is missing",
        .duplicateField: "the field appears twice",
        .wrongType: "the field has another JSON type",
        .invalidValue: "the value is not of the kind this field takes",
        .outOfRange: "the value is out of range",
        .personalData: "an ID must not be a national ID, residence number or phone number",
        .checkDigit: "the check digit does not fit",
        .invalidText: "the text has characters that are not taken",
        .unknownReference: "no event introduced this",
        .unknownRulebook: "the ledger keeps no such rulebook",
        .alreadyExists: "this ID exists already; amend it instead",
        .stepNotAllowed: "this step is not possible in the present state",
        .conflict: "the same source and id are in the ledger with other content",
        .retractionNotAllowed: "this event cannot be retracted",
        .recordedTimeOutOfOrder: "the recorded time is out of order",
        .noKeys: "a personal text cannot be sealed without the ledger's keys",
        .erased: "the personal data of this trainee were erased; no new ones are taken",
        .sealedText: "a new event cannot bring a text that is only said to be sealed",
        .unexpectedSequence: "the ledger has moved on",
    ]
}

/// Bounds on what is taken from outside.
package enum Limits {
    /// The longest JSON line, in bytes.
    package static let lineBytes = 1 << 20
    /// The longest canonical record, in bytes (design, section 2).
    package static let recordBytes = 65_535
    /// The deepest nesting of JSON arrays and objects.
    package static let nestingDepth = 16
    /// The most members of a JSON object; no declared one has half as many.
    package static let objectMembers = 64
    /// The longest ID, source or code, in bytes of UTF-8.
    package static let identifierBytes = 200
    /// The longest label such as a course name, in bytes of UTF-8.
    package static let labelBytes = 500
    /// The longest free text, in bytes of UTF-8.
    package static let freeTextBytes = 8_000
    /// The longest class, in days: about ten years.
    package static let classDays = 3_660
    /// The most elements of a list.
    package static let listElements = 2_000
}

/// Shortens what was found for a message and hides what looks like a personal number.
package func shown(_ text: String) -> String {
    if looksPersonal(text, most: 40) { return "a value that looks like a personal number" }
    let isShort = text.unicodeScalars.dropFirst(40).isEmpty
    return "\"\(printable(text, most: 40))\(isShort ? "" : "…")\""
}

/// An unknown key as the path of a field; empty where it looks like a personal number.
func shownKey(_ key: String) -> String {
    looksPersonal(key, most: 64) ? "" : printable(key, most: 64)
}

/// Whether a personal number begins in the part that is shown; the text may be as long as a line.
private func looksPersonal(_ text: String, most: Int) -> Bool {
    PersonalPatterns.containsPersonalNumber(String(String.UnicodeScalarView(text.unicodeScalars.prefix(most + 40))))
}

/// The first code points, with `?` for those that a terminal would obey or not show: controls, and formats such
/// as the marks that turn the direction of writing.
private func printable(_ text: String, most: Int) -> String {
    let scalars = text.unicodeScalars.prefix(most).map { scalar -> Unicode.Scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: "?"
        default: scalar
        }
    }
    return String(String.UnicodeScalarView(scalars))
}
