import EventLog
import Foundation
import LedgerTestKit
import Testing
import TrainingEvents
import Transparency

@testable import Ledger

@Suite("A dossier shows a trainee's events, and nothing that was changed in it")
struct TransparencyDossierTests {
    private static let key = SigningKey(generatingFor: "ledger.example")

    private func withDossier(_ work: (Dossier, VerifierKey, String) throws -> Void) throws {
        try LedgerFixture.withDirectory { directory in
            let lines = DerivedLedger.lines(trainees: 4, seed: 7)
            let ledger = DerivedLedger(continuing: directory + "/ledger", lines: lines)
            try LedgerWriter.create(ledger.path)
            try ledger.append(lines[..<300])
            let key = try #require(Self.key)
            _ = try CheckpointSigning(ledger: ledger.path, files: RealFileSystem()).sign(with: key)
            var proofs = try LedgerProofs(LedgerReader(opening: ledger.path))
            let trainee = try #require(try LedgerReader(opening: ledger.path).firstTrainee())
            try work(proofs.dossier(of: trainee), key.verifier(.note), ledger.path)
        }
    }

    private func verdict(_ bytes: [UInt8], _ key: VerifierKey) -> TransparencyError.Code? {
        do throws(TransparencyError) {
            _ = try Dossier(parsing: bytes).verify(log: key)
            return nil
        } catch { return error.code }
    }

    @Test("it holds, reads back the same, and has every event about the trainee with the names behind its numbers")
    func whole() throws {
        try withDossier { dossier, key, ledger in
            #expect(try Dossier(parsing: dossier.bytes).bytes == dossier.bytes)
            let checked = try dossier.verify(log: key)
            let reader = try LedgerReader(opening: ledger)
            let point = try reader.resolve(.head)
            var own: [UInt64] = []
            try reader.forEachEvent(at: point) { position, event, registry in
                if event.subject.id(in: registry) == dossier.trainee { own.append(position) }
                guard let shown = checked.events.first(where: { $0.position == position })?.event else { return }
                #expect(
                    shown.json(sequence: position, registry: checked.registry)
                        == event.json(sequence: position, registry: registry))
            }
            #expect(own.count > 10)
            #expect(Set(own).isSubset(of: checked.events.map(\.position)))
        }
    }

    @Test("a changed bit anywhere, an entry exchanged, a registration left out: it does not hold")
    func changed() throws {
        try withDossier { dossier, key, _ in
            var random = SeededGenerator(testSeed())
            let right = dossier.bytes
            for _ in 0..<60 {
                var bytes = right
                bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                #expect(verdict(bytes, key) != nil)
            }
            let registrations = dossier.entries.indices.filter { dossier.entries[$0].introduces != nil }
            #expect(registrations.count > 2)
            for place in registrations.prefix(3) + registrations.suffix(2) {
                var without = dossier
                without.entries.remove(at: place)
                #expect(verdict(without.bytes, key) == .malformed, "without entry \(place)")
                var silent = dossier
                silent.entries[place].introduces = nil
                #expect(verdict(silent.bytes, key) == .malformed, "entry \(place) introduces nothing")
            }
            var swapped = dossier
            swapped.entries.swapAt(2, 3)
            #expect(verdict(swapped.bytes, key) == .malformed)
            var exchanged = dossier
            exchanged.entries[2].content = dossier.entries[3].content
            #expect(verdict(exchanged.bytes, key) == .wrongRoot)
            var doubled = dossier
            doubled.entries.insert(dossier.entries[2], at: 2)
            #expect(verdict(doubled.bytes, key) == .malformed)
        }
    }

    @Test("each number is its ID's: a registration of another ID in its place does not hold")
    func otherRegistration() throws {
        try withDossier { dossier, key, ledger in
            #expect(try dossier.verify(log: key).unprovedNumbers.isEmpty)
            let reader = try LedgerReader(opening: ledger)
            let place = try #require(dossier.entries.lastIndex { entry in isClass(entry.introduces) })
            let used = Set(dossier.entries.map(\.index))
            let free = try (0..<reader.head).first { position in
                guard case .newClass = try reader.event(at: position).subject else { return false }
                return !used.contains(position)
            }
            let other = try #require(free)
            var proofs = try LedgerProofs(reader)
            let file = try proofs.file(at: other)
            var forged = dossier
            forged.entries[place] = Dossier.Entry(
                index: other, introduces: dossier.entries[place].introduces, content: file.extra ?? [],
                proof: file.proof)
            forged.entries.sort { $0.index < $1.index }
            let error = #expect(throws: TransparencyError.self) { try forged.verify(log: key) }
            #expect(error?.code == .malformed)
            #expect(error?.reason.contains("as the dossier says") == true)
        }
    }

    private func isClass(_ subject: Subject?) -> Bool { if case .class = subject { true } else { false } }

    @Test("random bytes never trap")
    func fuzz() throws {
        try withDossier { dossier, key, _ in
            var random = SeededGenerator(testSeed())
            for _ in 0..<300 {
                var bytes = Array(dossier.bytes.prefix(Int.random(in: 0..<2_000, using: &random)))
                for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
                    let place = Int.random(in: bytes.indices, using: &random)
                    if Bool.random(using: &random) {
                        bytes[place] = UInt8.random(in: 0...255, using: &random)
                    } else {
                        bytes.insert(0x0A, at: place)
                    }
                }
                #expect(verdict(bytes, key) != nil)
            }
        }
    }
}

extension LedgerReader {
    /// The trainee who was registered first.
    fileprivate func firstTrainee() throws -> String? {
        for position in 0..<head {
            if case .newTrainee(let id) = try event(at: position).subject { return id }
        }
        return nil
    }
}
