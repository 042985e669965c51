/// The rulebooks that come with the program.
public enum BuiltInRulebooks {
    /// Their IDs: `base`, and `cap-2025`, which extends it.
    public static let names = ["base", "cap-2025"]

    /// The files by ID, as they stand in `Books/`.
    private static let files: [String: [UInt8]] = [
        "base": PackageResources.base_yaml,
        "cap-2025": PackageResources.cap_2025_yaml,
    ]

    private static let base = Result { () throws(RulebookError) in try read("base") }
    private static let cap2025 = Result { () throws(RulebookError) in try read("cap-2025") }

    /// The built-in book with this ID, read once.
    ///
    /// - Throws: `unknownBook` for any other ID; a fault of the file if the program was built with a bad one
    ///   (a test holds that it is not).
    public static func book(named name: String) throws(RulebookError) -> Rulebook {
        switch name {
        case "base": try base.get()
        case "cap-2025": try cap2025.get()
        default:
            throw RulebookError(.unknownBook, "there is no built-in book \(name)", file: name, line: 0, column: 0)
        }
    }

    private static func read(_ name: String) throws(RulebookError) -> Rulebook {
        try Rulebook.parse(files[name] ?? [], fileName: "\(name).yaml")
    }
}
