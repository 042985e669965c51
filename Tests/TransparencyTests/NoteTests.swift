import EventLog
import Testing
import Transparency

@Suite("Notes, checkpoints and cosignatures of C2SP")
struct NoteTests {
    /// The signed log in transparency-dev/tessera's test data: fifteen entries, one checkpoint for each size.
    static let key = "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg"
    static let log = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
    static let entries = "one two three four five six seven eit nain ten ileven twelf threeten fourten fivten"
        .split(separator: " ").map(String.init)

    static func testLog() -> LeafTree { LeafTree(leaves: entries.map { MerkleTree.leafHash(Array($0.utf8)) }) }

    static func checkpoint(_ size: UInt64) throws -> SignedCheckpoint {
        var tree = testLog()
        let head = TreeHead(size: size, root: tree.root(size: size))
        let checkpoint = try #require(Checkpoint(origin: "example.com/log/testdata", head: head))
        return try SignedCheckpoint(checkpoint, signedWith: SigningKey(key))
    }

    @Test("the published notes of two authors verify, and the second is signed again to the same bytes")
    func notes() throws {
        let foo = try VerifierKey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
        let first = try SignedNote(
            parsing: Array(
                """
                This is an example message.

                — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

                """.utf8))
        #expect(try first.verify(by: [foo]) == [foo])

        let skey = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
        let neumann = try SigningKey(skey)
        #expect(neumann.text == skey)
        #expect(
            neumann.verifier(.note).description == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        let text =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
        var second = try #require(SignedNote(text: text))
        try second.sign(with: neumann)
        #expect(
            second.signatures[0].line == "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1F"
                + "FYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n")
        #expect(try SignedNote(parsing: second.bytes) == second)
    }

    @Test("all sixteen published checkpoints come out byte for byte, and verify")
    func publishedCheckpoints() throws {
        let log = try VerifierKey(Self.log)
        let signed = try (0...15).map { try Self.checkpoint($0) }
        for (size, checkpoint) in signed.enumerated() {
            let read = try SignedCheckpoint(parsing: checkpoint.bytes, log: log)
            #expect(read.checkpoint.head.size == UInt64(size))
            #expect(read.bytes == checkpoint.bytes)
        }
        let signatures = [
            0: "M9e0lhxJACzE1KoUdqKuPa+9p6R7dSW8BlEvrg/noo8FkGg6PbJoRNOcdjqjOq89wVvTA60eubCc4oufo5BvIVEgtQc=",
            1: "M9e0lhr9kuLxGdAtaUrhm84TQffVsLdcy808sN0a3WyniNlfcr9+bywoiIke1YYciCNjJGkCgIlQ8b16jhsmg/SChAM=",
            2: "M9e0llH4NKmlf0u7C8tkJioQOmi7l5ELqljXgKRg6R3G5JJ7vx7emDWo5fpqKuA/Dk/jRrI6il+7QCVirNhyUAWGoAk=",
            15: "M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=",
        ]
        for (size, signature) in signatures {
            #expect(signed[size].note.signatures[0].line == "— example.com/log/testdata \(signature)\n")
        }
        // All sixteen, one behind the other, against the digest of the published files in the same order.
        #expect(digest(signed.flatMap(\.bytes)) == "c366c82fdd7c77311b8141fbd3769670884dba48445f343867c348455de269fd")
    }

    @Test("a cosignature is the one that another implementation has verified")
    func cosignature() throws {
        let key = try SigningKey(Self.key)
        let seed = key.text.split(separator: "+", maxSplits: 4)[4]
        // The same key pair under a witness's name.
        let name = "witness.example/w1"
        let publicKey = key.verifier(.note).publicKey
        let id = try #require(VerifierKey(name: name, kind: .note, publicKey: publicKey)).description.split(
            separator: "+")[1]
        let witness = try SigningKey("PRIVATE+KEY+\(name)+\(id)+\(seed)")
        #expect(
            witness.verifier(.cosignature).description
                == "witness.example/w1+c03ad8d4+BOHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")
        var note = try Self.checkpoint(15).note
        try note.cosign(with: witness, at: 1_679_315_147)
        #expect(
            note.signatures[1].line == "— witness.example/w1 wDrY1AAAAABkGFDLU8lL/xl41ywuQPE4WNwBRA1vvmUnCQ/yy6aSAjZW42"
                + "mczmnuBM5L6fhzKnTK9SPHBTn/n3KBl4dSA7KK7aJFCA==\n")
        #expect(note.signatures[1].time == 1_679_315_147)
        let log = try VerifierKey(Self.log)
        let both = try SignedCheckpoint(
            parsing: note.bytes, log: log, witnesses: [witness.verifier(.cosignature)])
        #expect(both.signers.map(\.name) == ["example.com/log/testdata", name])
        #expect(code { () throws(TransparencyError) in try note.cosign(with: witness, at: 1 << 63) } == .outOfRange)
    }

    @Test("a note stands or falls with the keys that are known")
    func trust() throws {
        let log = try VerifierKey(Self.log)
        let witness = try #require(SigningKey(generatingFor: "w.example"))
        let other = try #require(SigningKey(generatingFor: "w.example"))
        var signed = try Self.checkpoint(7)
        #expect(
            code { () throws(TransparencyError) in try signed.note.verify(by: [witness.verifier(.cosignature)]) }
                == .notSigned)
        func open(_ note: SignedNote, _ witnesses: [SigningKey] = []) -> TransparencyError.Code? {
            code { () throws(TransparencyError) in
                try SignedCheckpoint(
                    parsing: note.bytes, log: log, witnesses: witnesses.map { $0.verifier(.cosignature) })
            }
        }
        #expect(open(signed.note, [witness]) == .notSigned)
        var cosigned = signed.note
        try cosigned.cosign(with: witness, at: 5)
        #expect(open(cosigned, [witness]) == nil)
        // A stranger of the same name changes nothing.
        try cosigned.cosign(with: other, at: 5)
        #expect(open(cosigned, [witness]) == nil)
        #expect(open(cosigned) == nil)
        // A signature of another text under a known name and ID spoils the whole note.
        var elsewhere = try Self.checkpoint(6).note
        try elsewhere.cosign(with: witness, at: 5)
        var spoilt = signed.note
        try spoilt.add(elsewhere.signatures[1])
        #expect(open(spoilt) == nil)
        #expect(open(spoilt, [witness]) == .badSignature)
        #expect(
            code { () throws(TransparencyError) in
                try signed.add([elsewhere.signatures[1]], by: [witness.verifier(.cosignature)])
            } == .badSignature)
        #expect(
            code { () throws(TransparencyError) in
                try signed.add([cosigned.signatures[1]], by: [other.verifier(.cosignature)])
            } == .notSigned)
        try signed.add([cosigned.signatures[1]], by: [witness.verifier(.cosignature)])
        #expect(open(signed.note, [witness]) == nil)
    }

    @Test("a checkpoint of another log is refused, though its key signed it")
    func otherOrigin() throws {
        let key = try #require(SigningKey(generatingFor: "log.example"))
        var note = try #require(SignedNote(text: try Self.checkpoint(3).checkpoint.text))
        try note.sign(with: key)
        #expect(
            code { () throws(TransparencyError) in
                try SignedCheckpoint(parsing: note.bytes, log: key.verifier(.note))
            } == .otherOrigin)
        let checkpoint = try Self.checkpoint(3).checkpoint
        #expect(
            code { () throws(TransparencyError) in try SignedCheckpoint(checkpoint, signedWith: key) } == .otherOrigin)
    }

    @Test("a key that is misspelt in any character is no key, or another one")
    func misspeltKeys() throws {
        let right = try VerifierKey(Self.log)
        for place in Self.log.indices {
            for replacement in ["A", "+", "=", " ", "\n", "é"] where String(Self.log[place]) != replacement {
                var text = Self.log
                text.replaceSubrange(place...place, with: replacement)
                #expect(code { () throws(TransparencyError) in try VerifierKey(text) } == .invalidKey, "\(text)")
            }
        }
        #expect(try VerifierKey(right.description) == right)
        #expect(code { () throws(TransparencyError) in try SigningKey(Self.log) } == .invalidKey)
        #expect(code { () throws(TransparencyError) in try SigningKey(Self.key.dropLast()) } == .invalidKey)
        #expect(try SigningKey(Self.key + "\n").text == Self.key)
    }

    @Test("every single bit of a signed checkpoint counts")
    func everyBit() throws {
        let log = try VerifierKey(Self.log)
        let right = try Self.checkpoint(11).bytes
        for bit in 0..<right.count * 8 {
            var bytes = right
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            let found = code { () throws(TransparencyError) in try SignedCheckpoint(parsing: bytes, log: log) }
            #expect(found != nil, "bit \(bit)")
        }
    }
}
