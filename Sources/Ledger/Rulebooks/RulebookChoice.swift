import Foundation
package import Histories
package import Rulebook
import TrainingEvents

/// Which rulebook a question is answered by.
package enum RulebookChoice {
    /// The rulebook asked for by name or file; without one, the last adopted at the point, else `base`.
    ///
    /// - Parameters:
    ///   - adopted: the adoptions that count at the point (``LedgerHistories/rulebooks``).
    ///   - ledger: the directory of the ledger, which keeps what it has adopted.
    /// - Throws: `noRulebook` if there is none, `rulebook` if its file has a fault, `damagedRulebook` if the
    ///   ledger's own copy is not what was adopted.
    package static func resolve(
        _ asked: String?, adopted: [AdoptedRulebook], ledger: String
    ) throws(LedgerError) -> Rulebook {
        if let asked { return try named(asked) }
        guard let last = adopted.last else { return try named("base") }
        return try RulebookStore(ledger: ledger).book(last)
    }

    /// A built-in rulebook, or the one in a file.
    package static func named(_ name: String) throws(LedgerError) -> Rulebook {
        let file = BuiltInRulebooks.names.contains(name) ? nil : try bytes(ofFile: name)
        do throws(RulebookError) {
            guard let file else { return try BuiltInRulebooks.book(named: name) }
            return try Rulebook.parse(file, fileName: name)
        } catch {
            throw .rulebook("\(error)")
        }
    }

    /// The built-in rulebook with this digest; `nil` if there is none.
    static func builtIn(_ digest: String) throws(LedgerError) -> Rulebook? {
        for name in BuiltInRulebooks.names {
            let book = try named(name)
            if RulebookFile.name(book.digest) == RulebookFile.name(digest) { return book }
        }
        return nil
    }

    /// A built-in rulebook, or the one in a file, if a check finds no fault in it.
    ///
    /// - Throws: `noRulebook` if there is none; `rulebook` with the first fault and how many there are.
    package static func checked(_ name: String) throws(LedgerError) -> Rulebook {
        let isBuiltIn = BuiltInRulebooks.names.contains(name)
        let findings = Rulebook.check(isBuiltIn ? try named(name).text : try bytes(ofFile: name), fileName: name)
        if let first = findings.first {
            let more = findings.count > 1 ? " (and \(findings.count - 1) more; see trainledger rulebook check)" : ""
            throw .rulebook("\(first)\(more)")
        }
        return try named(name)
    }

    /// The bytes of a file, at most one more than a rulebook may have.
    private static func bytes(ofFile path: String) throws(LedgerError) -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else {
            let known = BuiltInRulebooks.names.joined(separator: ", ")
            throw .noRulebook("no rulebook \(shown(path)): it is neither built in (\(known)) nor a file")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .input(path: path, reason: "it cannot be read")
        }
        return [UInt8](data.prefix(Rulebook.maximumSize + 1))
    }
}
