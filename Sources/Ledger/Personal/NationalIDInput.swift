import TrainingEvents

/// A national ID that somebody asks for, read from where other users of the machine do not see it.
package enum NationalIDInput {
    /// The national ID on the one line of a file; `-` is standard input.
    ///
    /// - Throws: `input` if the file cannot be read, `refused` if it holds no national ID or residence number.
    package static func read(_ path: String) throws(LedgerError) -> String {
        let text = try OneLineInput.read(path)
        do throws(EventError) { return try text.canonicalNationalID() } catch { throw .refused(error) }
    }
}
