import TrainingEvents

/// A national ID that somebody asks for, read from where other users of the machine do not see it.
package enum NationalIDInput {
    private static let limit = 4_096

    /// The national ID on the one line of a file; `-` is standard input.
    ///
    /// - Throws: `input` if the file cannot be read, `refused` if it holds no national ID or residence number.
    package static func read(_ path: String) throws(LedgerError) -> String {
        var source = try ByteSource(path: path)
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            let next = try source.next(path: path) { Array($0) }
            if next.isEmpty { break }
            bytes += next
        }
        guard bytes.count <= limit, let text = String(validating: bytes, as: UTF8.self) else {
            throw .refused(EventError(.checkDigit, expected: "a national ID or residence number on one line"))
        }
        do throws(EventError) {
            return try text.trimmingEnd.canonicalNationalID()
        } catch {
            throw .refused(error)
        }
    }
}

extension String {
    /// The text without the end of its line.
    fileprivate var trimmingEnd: String {
        var text = Substring(self)
        while let last = text.unicodeScalars.last, ["\n", "\r", " "].contains(last) { text.unicodeScalars.removeLast() }
        return String(text)
    }
}
