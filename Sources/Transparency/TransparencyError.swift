/// Why a note, a checkpoint or a proof is not accepted, as data: two errors are equal when their codes are.
package struct TransparencyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller can tell apart.
    package enum Code: String, CaseIterable, Sendable {
        /// The text is not in the format that it should have.
        case malformed
        /// It is longer than anything that is accepted.
        case tooLong
        /// A key that is no key: its parts do not fit each other, or its kind is not known.
        case invalidKey
        /// No key that is trusted has signed.
        case notSigned
        /// A trusted key's signature does not fit the text.
        case badSignature
        /// The checkpoint is of another log.
        case otherOrigin
        /// An index beyond the tree, an old size of 0, or an old size beyond the new one.
        case outOfRange
        /// A proof with more or fewer hashes than it takes.
        case wrongLength
        /// The hashes do not lead to the root.
        case wrongRoot
    }

    /// What kind of failure it is; all that equality looks at.
    package var code: Code
    /// One sentence for a person.
    package var reason: String
    /// The line of the text, from 1, where it is known.
    package var line: Int?

    /// An error from its parts.
    package init(_ code: Code, _ reason: String, line: Int? = nil) {
        self.code = code
        self.reason = reason
        self.line = line
    }

    package static func == (left: TransparencyError, right: TransparencyError) -> Bool { left.code == right.code }

    package func hash(into hasher: inout Hasher) { hasher.combine(code) }

    package var description: String { line.map { "line \($0): \(reason)" } ?? reason }

    /// Whether the input could not be read at all, rather than be found wrong.
    package var isAboutForm: Bool { [.malformed, .tooLong, .invalidKey].contains(code) }
}
