/// A secret or a number that somebody gives on one line, from where other users of the machine do not see it.
package enum OneLineInput {
    private static let limit = 4_096

    /// The one line of a file, without its end; `-` is standard input.
    ///
    /// - Throws: `input` if the file cannot be read, is too long, or is no text.
    package static func read(_ path: String) throws(LedgerError) -> String {
        var source = try ByteSource(path: path)
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            let next = try source.next(path: path) { Array($0) }
            if next.isEmpty { break }
            bytes += next
        }
        guard bytes.count <= limit, let text = String(validating: bytes, as: UTF8.self) else {
            throw .input(path: path, reason: "it should hold one line of text")
        }
        return text.trimmingEnd
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
