package import EventLog
package import Histories
package import Rulebook
import TrainingEvents

/// The rulebooks that a ledger keeps: each as its canonical text in `rulebooks/<hex>`, named by its SHA-256.
///
/// What was adopted once must be readable for ever, whatever books a later program brings with it.
package struct RulebookStore<Files: FileSystem>: Sendable {
    private let ledger: String
    private let files: Files

    /// - Parameter ledger: the directory of the ledger.
    package init(ledger: String, files: Files) {
        self.ledger = ledger
        self.files = files
    }

    private var directory: String { "\(ledger)/\(RulebookFile.directory)" }

    /// Stores a book, durable when the call returns. One that is there already is compared.
    ///
    /// - Returns: whether it is new.
    /// - Throws: `damagedRulebook` if other bytes stand under its name; `log` if it cannot be written.
    @discardableResult
    package func keep(_ book: Rulebook) throws(LedgerError) -> Bool {
        let name = RulebookFile.name(book.digest)
        if let found = try content(name) {
            guard found == book.text else { throw RulebookFile.damaged(name, "its bytes are not those of the book") }
            // Another run may have stopped before its name was durable.
            try fromLog { () throws(LogError) in try files.synchroniseDirectory(directory) }
            return false
        }
        try fromLog { () throws(LogError) in
            if try !files.exists(directory) { try files.makeDirectory(directory) }
            try files.synchroniseDirectory(ledger)
            try files.replace("\(directory)/\(name)", in: directory, with: book.text)
        }
        return true
    }

    /// The book with this digest; `nil` if it is not kept here.
    ///
    /// - Throws: `damagedRulebook` if the stored bytes have another digest or are no rulebook.
    package func book(_ digest: String) throws(LedgerError) -> Rulebook? {
        let name = RulebookFile.name(digest)
        guard let bytes = try content(name) else { return nil }
        let found = Rulebook.digest(of: bytes)
        guard RulebookFile.name(found) == name else {
            throw RulebookFile.damaged(name, "its bytes are not those that were stored; they have the digest \(found)")
        }
        if let known = ParsedBooks.book(found) { return known }
        let book: Rulebook
        do throws(RulebookError) {
            book = try Rulebook.parse(bytes, fileName: name)
        } catch {
            throw RulebookFile.damaged(name, "it is no rulebook: \(error.reason)")
        }
        // A book that leans on a built-in one has other bytes as its canonical text.
        guard RulebookFile.name(book.digest) == name else {
            throw RulebookFile.damaged(name, "it is no canonical text of a rulebook")
        }
        ParsedBooks.keep(book)
        return book
    }

    /// The book that an adoption names: built in or kept here.
    ///
    /// - Throws: `noRulebook` if it is neither; `damagedRulebook`.
    package func book(_ adopted: AdoptedRulebook) throws(LedgerError) -> Rulebook {
        if let book = try RulebookChoice.builtIn(adopted.digest) { return book }
        if let book = try book(adopted.digest) { return book }
        throw .noRulebook(
            "the ledger has adopted rulebook \(shown(adopted.id)), but \(RulebookFile.directory)/"
                + "\(RulebookFile.name(adopted.digest)) is missing; restore it from a backup, or store the book again "
                + "with trainledger rulebook adopt LEDGER BOOK --store-only")
    }

    /// What is wrong with the books that are kept, in the order of their names; empty if nothing is.
    ///
    /// - Throws: `log` if they cannot be read at all.
    package func faults() throws(LedgerError) -> [RulebookFault] {
        var faults: [RulebookFault] = []
        for name in try names() {
            do throws(LedgerError) { _ = try book(name) } catch {
                guard case .damagedRulebook(let file, let reason) = error else { throw error }
                faults.append(RulebookFault(file: file, reason: reason))
            }
        }
        return faults
    }

    /// A fault for an adopted book that is neither built in nor kept; `nil` if it is one of them.
    package func absence(of digest: String) throws(LedgerError) -> RulebookFault? {
        if try RulebookChoice.builtIn(digest) != nil { return nil }
        let name = RulebookFile.name(digest)
        guard try !names().contains(name) else { return nil }
        return RulebookFault(
            file: "\(RulebookFile.directory)/\(name)", reason: "the ledger has adopted this rulebook, and it is missing"
        )
    }

    /// The names of digests in the directory, ascending; unfinished and foreign files are passed over.
    private func names() throws(LedgerError) -> [String] {
        do throws(LogError) {
            return try files.list(directory).filter(RulebookFile.isName)
        } catch {
            if error.isNotFound { return [] }
            throw .log(error)
        }
    }

    private func content(_ name: String) throws(LedgerError) -> [UInt8]? {
        do throws(LogError) {
            return try files.content("\(directory)/\(name)", limit: Rulebook.maximumSize)
        } catch {
            if error.isNotFound { return nil }
            if error.code == .damaged { throw RulebookFile.damaged(name, "it is no file, or longer than any rulebook") }
            throw .log(error)
        }
    }
}

extension RulebookStore where Files == RealFileSystem {
    /// The store of the ledger in this directory.
    package init(ledger: String) { self.init(ledger: ledger, files: RealFileSystem()) }
}

/// A rulebook that is kept and damaged, or should be kept and is missing.
package struct RulebookFault: Hashable, Sendable {
    /// The file, relative to the ledger's directory.
    package let file: String
    /// What is wrong with it.
    package let reason: String
}

/// The names of rulebook files.
enum RulebookFile {
    /// The directory, relative to the ledger's.
    static let directory = "rulebooks"

    /// The name for a digest with or without its algorithm before it.
    static func name(_ digest: String) -> String {
        digest.split(separator: ":").last.map(String.init) ?? ""
    }

    static func isName(_ name: String) -> Bool {
        name.utf8.count == 64 && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    static func damaged(_ name: String, _ reason: String) -> LedgerError {
        .damagedRulebook(file: "\(directory)/\(name)", reason: reason)
    }
}
