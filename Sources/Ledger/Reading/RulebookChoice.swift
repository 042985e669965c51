import Foundation
package import Histories
package import Rulebook
import TrainingEvents

/// Which rulebook a question is answered by.
package enum RulebookChoice {
    /// The rulebook asked for by name or file; without one, the last adopted at the point, else `base`.
    ///
    /// - Throws: `rulebook` if there is none, or its file has a fault.
    package static func resolve(
        _ asked: String?, adopted: [AdoptedRulebook], ledger: String
    ) throws(LedgerError) -> Rulebook {
        if let asked { return try named(asked) }
        guard let last = adopted.last else { return try named("base") }
        for name in BuiltInRulebooks.names {
            let book = try named(name)
            if same(book.digest, last.digest) { return book }
        }
        let hex = last.digest.split(separator: ":").last.map(String.init) ?? ""
        let path = "\(ledger)/rulebooks/\(hex)"
        guard FileManager.default.fileExists(atPath: path) else {
            throw .noRulebook(
                "the ledger has adopted rulebook \"\(last.id)\", but its file is missing; put it at \(path)")
        }
        let book = try read(path)
        guard same(book.digest, last.digest) else { throw .rulebook("\(path) is not the rulebook that was adopted") }
        return book
    }

    /// A built-in rulebook, or the one in a file.
    package static func named(_ name: String) throws(LedgerError) -> Rulebook {
        if BuiltInRulebooks.names.contains(name) {
            do throws(RulebookError) {
                return try BuiltInRulebooks.book(named: name)
            } catch {
                throw .rulebook("\(error)")
            }
        }
        guard FileManager.default.fileExists(atPath: name) else {
            let known = BuiltInRulebooks.names.joined(separator: ", ")
            throw .noRulebook("no rulebook \(shown(name)): it is neither built in (\(known)) nor a file")
        }
        return try read(name)
    }

    private static func read(_ path: String) throws(LedgerError) -> Rulebook {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .input(path: path, reason: "it cannot be read")
        }
        do throws(RulebookError) {
            return try Rulebook.parse([UInt8](data.prefix(Rulebook.maximumSize + 1)), fileName: path)
        } catch {
            throw .rulebook("\(error)")
        }
    }

    private static func same(_ left: String, _ right: String) -> Bool {
        left.split(separator: ":").last == right.split(separator: ":").last
    }
}
