import LedgerTestKit
import EventLog
import Testing
import Transparency

@Suite("Files of proofs and requests")
struct FormatTests {
    private func file(_ index: UInt64) throws -> InclusionFile {
        var tree = NoteTests.testLog()
        return InclusionFile(
            extra: Array(NoteTests.entries[Int(index)].utf8), index: index,
            proof: tree.inclusionProof(index: index, size: 15), checkpoint: try NoteTests.checkpoint(15).bytes)
    }

    private func opens(_ bytes: [UInt8], entry: [UInt8]? = nil) -> TransparencyError.Code? {
        code { () throws(TransparencyError) in
            try InclusionFile(parsing: bytes).verify(log: VerifierKey(NoteTests.log), entry: entry)
        }
    }

    @Test("base64 has one spelling for each sequence of bytes")
    func base64() {
        let known = ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE="]
        for (bytes, text) in known {
            #expect(Base64.encode(Array(bytes.utf8)) == text)
            #expect(Base64.decode(text) == Array(bytes.utf8))
        }
        for text in [
            "Zg", "Zg=", "Zh==", "Zm9=", "Zm8=\n", "Zm 8", "=Zm8", "====", "Zg==Zg==", "Zm9v=", "Zm-_", "Zm９v",
        ] {
            #expect(Base64.decode(text) == nil, "\(text)")
        }
        for byte in UInt8.min...255 { #expect(Base64.decode(Base64.encode([byte, 7, byte])) == [byte, 7, byte]) }
    }

    @Test("a proof file is written as specified, read again, and verifies")
    func inclusionFile() throws {
        let file = try file(8)
        let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "c2sp.org/tlog-proof@v1")
        #expect(lines[1] == "extra bmFpbg==")
        #expect(lines[2] == "index 8")
        #expect(lines[7] == "")
        #expect(lines[8] == "example.com/log/testdata")
        #expect(try InclusionFile(parsing: file.bytes) == file)
        let (checkpoint, entry) = try file.verify(log: VerifierKey(NoteTests.log))
        #expect(checkpoint.checkpoint.head.size == 15)
        #expect(String(decoding: entry, as: UTF8.self) == "nain")
        var bare = file
        bare.extra = nil
        #expect(opens(bare.bytes) == .malformed)
        #expect(opens(bare.bytes, entry: Array("nain".utf8)) == nil)
        #expect(opens(bare.bytes, entry: Array("nine".utf8)) == .wrongRoot)
    }

    @Test("every bit of a proof file counts, and so does every line")
    func everyBit() throws {
        let right = try file(4).bytes
        // Of the checkpoint one bit of each byte: another test takes all.
        let checkpoint = right.count - (try file(4).checkpoint.count)
        for bit in 0..<right.count * 8 where bit / 8 < checkpoint || bit % 8 == bit / 8 % 8 {
            var bytes = right
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(opens(bytes) != nil, "bit \(bit)")
        }
        let lines = String(decoding: right, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().map { String($0) + "\n" }
        for place in lines.indices {
            var others = lines
            others.remove(at: place)
            #expect(opens(Array(others.joined().utf8)) != nil, "without line \(place + 1)")
            others.insert(lines[place] + lines[place], at: place)
            // The same signature twice is the same note; anything else twice is wrong.
            if place < lines.count - 1 { #expect(opens(Array(others.joined().utf8)) != nil, "line \(place + 1) twice") }
        }
        for length in 0..<right.count { #expect(opens(Array(right.prefix(length))) != nil, "\(length) bytes") }
    }

    @Test("errors name the line")
    func lines() throws {
        func line(_ text: String) -> Int? {
            do throws(TransparencyError) {
                _ = try InclusionFile(parsing: Array(text.utf8))
                return nil
            } catch { return error.line }
        }
        #expect(line("c2sp.org/tlog-proof@v2\n") == 1)
        #expect(line("c2sp.org/tlog-proof@v1\nextra A\n") == 2)
        #expect(line("c2sp.org/tlog-proof@v1\nindex 01\n") == 2)
        #expect(line("c2sp.org/tlog-proof@v1\nindex 1\nAA==\n") == 3)
        #expect(line("c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n") == 2)
        let hashes = String(repeating: Base64.encode(MerkleTree.emptyRoot.bytes) + "\n", count: 64)
        #expect(line("c2sp.org/tlog-proof@v1\nindex 1\n" + hashes + "\n") == 66)
        let big = [UInt8](repeating: 0x41, count: InclusionFile.limit + 1)
        #expect(code { () throws(TransparencyError) in try InclusionFile(parsing: big) } == .tooLong)
        #expect(code { () throws(TransparencyError) in try SignedNote(parsing: big) } == .tooLong)
    }

    @Test("a witness cosigns only what goes on from what it cosigned last")
    func witness() throws {
        var tree = NoteTests.testLog()
        let log = try VerifierKey(NoteTests.log)
        func request(_ old: UInt64, _ new: UInt64, proofFrom: UInt64? = nil) throws -> WitnessRequest {
            let start = proofFrom ?? old
            let proof = start > 0 ? tree.consistencyProof(old: start, size: new) : []
            let request = WitnessRequest(oldSize: old, proof: proof, checkpoint: try NoteTests.checkpoint(new).bytes)
            #expect(try WitnessRequest(parsing: request.bytes) == request)
            return request
        }
        func check(_ request: WitnessRequest, _ last: UInt64?) throws -> Result<Witness.Answer, TransparencyError> {
            let last = try last.map { try NoteTests.checkpoint($0).checkpoint }
            do throws(TransparencyError) {
                return .success(try Witness.check(request, after: last, log: log))
            } catch { return .failure(error) }
        }
        func accepted(_ size: UInt64) throws -> Result<Witness.Answer, TransparencyError> {
            .success(.accepted(try SignedCheckpoint(parsing: NoteTests.checkpoint(size).bytes, log: log)))
        }
        func refused(_ code: TransparencyError.Code) -> Result<Witness.Answer, TransparencyError> {
            .failure(TransparencyError(code, ""))
        }
        #expect(try check(request(0, 5), nil) == accepted(5))
        #expect(try check(request(5, 9), 5) == accepted(9))
        #expect(try check(request(9, 9), 9) == accepted(9))
        #expect(try check(request(5, 9), nil) == .success(.conflict(lastSize: 0)))
        #expect(try check(request(0, 9), 5) == .success(.conflict(lastSize: 5)))
        #expect(try check(request(5, 9), 9) == .success(.conflict(lastSize: 9)))
        #expect(try check(request(5, 9, proofFrom: 3), 5) == refused(.wrongRoot))
        #expect(try check(request(5, 9, proofFrom: 4), 5) == refused(.wrongLength))
        #expect(try check(request(0, 9, proofFrom: 4), nil) == refused(.wrongLength))
        var backwards = try request(5, 9)
        backwards.checkpoint = try NoteTests.checkpoint(4).bytes
        #expect(try check(backwards, 5) == refused(.outOfRange))
        var unsigned = try request(5, 9)
        unsigned.checkpoint = Array("example.com/log/testdata\n9\n".utf8)
        #expect(try check(unsigned, 5) == refused(.malformed))
    }

    @Test("random bytes and random changes never trap, and what is taken reads back the same")
    func fuzz() throws {
        var random = SeededGenerator(testSeed())
        let right = try file(4).bytes
        let request = WitnessRequest(oldSize: 0, proof: [], checkpoint: try NoteTests.checkpoint(4).bytes).bytes
        for _ in 0..<2_000 {
            var bytes = Bool.random(using: &random) ? right : request
            for _ in 0...Int.random(in: 0...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(0x0A, at: place)
                default: bytes.replaceSubrange(place..., with: bytes[..<place])
                }
                if bytes.isEmpty { bytes = right }
            }
            if let file = try? InclusionFile(parsing: bytes) { #expect(file.bytes == bytes) }
            if let request = try? WitnessRequest(parsing: bytes) { #expect(request.bytes == bytes) }
            if let note = try? SignedNote(parsing: bytes) { #expect(note.bytes == bytes) }
            _ = try? VerifierKey(String(decoding: bytes.prefix(80), as: UTF8.self))
            _ = try? EntryBundle.entries(of: bytes)
            #expect(bytes == right || opens(bytes) != nil)
        }
    }
}
