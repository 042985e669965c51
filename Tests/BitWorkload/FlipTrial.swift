import EventLog
import Ledger
import PersonalData

/// Flips single bits of a small ledger's files: each must be found and named by `verify`, change no answer that is
/// given, and be mended from the copy.
struct FlipTrial {
    private let ledger: SmallLedger
    private let copy: String
    private let snapshot: Snapshot
    private let expected: [String]
    private let expectedWithDerived: [String]

    /// - Parameter directory: an empty one to work in.
    init(in directory: String) throws {
        copy = directory + "/copy"
        ledger = try SmallLedger(making: directory + "/ledger", copy: copy)
        snapshot = try Snapshot(of: [ledger.path] + SmallLedger.besides.map { directory + "/ledger" + $0 })
        expected = try ledger.answers(withDerived: false)
        expectedWithDerived = try ledger.answers(withDerived: true)
        try snapshot.restore()
        guard try verification().isSound else { throw BitError("the ledger is not sound to begin with") }
    }

    /// The files with their lengths in bytes.
    var files: [(path: String, length: Int)] { snapshot.files }

    private func verification() throws -> LedgerVerification {
        try LedgerVerification(of: ledger.path, keys: KeyOptions()) { _, _ in }
    }

    /// Flips one bit, looks what becomes of it, and puts everything back.
    ///
    /// - Throws: ``BitError`` with what was not as it has to be.
    func run(_ bit: Int, of path: String) throws {
        try snapshot.flip(bit, of: path)
        let isDerived = path.hasPrefix(ledger.path + "/derived/")
        if !isDerived { try requireNamed(path) }
        try requireNotServed(withDerived: isDerived)
        if !isDerived { try requireMended() }
        try snapshot.restore()
    }

    private func requireNamed(_ path: String) throws {
        var names: [String] = []
        do {
            let found = try verification()
            guard !found.isSound else { throw BitError("verify finds nothing") }
            names = found.log.damages.compactMap(\.place.file).map { "\(ledger.path)/\($0)" }
            names += (found.rulebooks.map(\.file) + found.checkpoints.map(\.file)).map { "\(ledger.path)/\($0)" }
            names += found.keys.faults.map(\.file)
        } catch LedgerError.log(let error) {
            names = [error.place.file].compactMap(\.self).map { "\(ledger.path)/\($0)" }
        }
        guard names.contains(path) else { throw BitError("verify names \(names)") }
    }

    /// An answer may be refused; if it is given, it is the right one.
    private func requireNotServed(withDerived: Bool) throws {
        let answers: [String]
        do { answers = try ledger.answers(withDerived: withDerived) } catch let error as BitError {
            throw error
        } catch {
            if withDerived { throw BitError("what is derived keeps the ledger from answering: \(error)") }
            return
        }
        guard answers == (withDerived ? expectedWithDerived : expected) else { throw BitError("it is served") }
    }

    private func requireMended() throws {
        do { _ = try LedgerRepair(of: ledger.path, from: copy, keys: KeyOptions()) } catch {
            throw BitError("it is not mended: \(error.message)")
        }
        guard try verification().isSound else { throw BitError("verify finds it after it was mended") }
        guard try ledger.answers(withDerived: true) == expectedWithDerived else {
            throw BitError("the mended ledger answers otherwise")
        }
    }
}
