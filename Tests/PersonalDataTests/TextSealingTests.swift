import Crypto
import EventLog
import Testing
import TrainingEvents

@testable import PersonalData

@Suite("Sealed texts")
struct TextSealingTests {
    private static let ledger = [UInt8](repeating: 7, count: 16)
    private static let key = TextKeys(SymmetricKey(data: [UInt8](repeating: 9, count: 32)), version: 1, row: 1)

    private static func event(
        type: EventType = .traineeRegistered, source: String = "/u", id: String = "e-1", subject: String = "T-1"
    ) -> EventIdentity {
        EventIdentity(type: type, source: source, id: id, subject: .newTrainee(subject), subjectID: subject)
    }

    private static let name = PersonalField(path: "data.name", retention: .identity, kind: .freeText)

    private static func parts(_ text: String, at place: [UInt8]) throws -> SealedText.Parts {
        let sealed = try #require(key.seal(text, at: place, .identity))
        return try #require(sealed.parts)
    }

    @Test(
        "open to the text again, and the same text in the same place gives the same bytes",
        arguments: [
            "王小明", "a", String(repeating: "x", count: 15), String(repeating: "x", count: 16),
            String(repeating: "字", count: 2_666),
        ])
    func roundTrip(text: String) throws {
        let place = Self.event().place(Self.name, ledger: Self.ledger, keyVersion: 1)
        let sealed = Self.key.seal(text, at: place, .identity)
        #expect(sealed != nil)
        #expect(sealed == Self.key.seal(text, at: place, .identity))
        #expect(Self.key.open(try #require(sealed?.parts), at: place) == text)
        #expect(SealedText.bodyLengths.contains(try #require(sealed?.parts).ciphertext.count))
    }

    @Test("open in no other ledger, event, field or class, for nobody else, and under no other key")
    func transplanting() throws {
        let home = Self.event().place(Self.name, ledger: Self.ledger, keyVersion: 1)
        let sealed = try Self.parts("王小明", at: home)
        let other = PersonalField(path: "data.phone", retention: .identity, kind: .phone)
        let places = [
            Self.event().place(Self.name, ledger: [UInt8](repeating: 8, count: 16), keyVersion: 1),
            Self.event(type: .traineeAmended).place(Self.name, ledger: Self.ledger, keyVersion: 1),
            Self.event(source: "/v").place(Self.name, ledger: Self.ledger, keyVersion: 1),
            Self.event(id: "e-2").place(Self.name, ledger: Self.ledger, keyVersion: 1),
            Self.event(source: "/ue", id: "-1").place(Self.name, ledger: Self.ledger, keyVersion: 1),
            Self.event(subject: "T-2").place(Self.name, ledger: Self.ledger, keyVersion: 1),
            Self.event().place(other, ledger: Self.ledger, keyVersion: 1),
            Self.event().place(
                PersonalField(path: "data.name", retention: .contact, kind: .freeText), ledger: Self.ledger,
                keyVersion: 1),
            Self.event().place(Self.name, ledger: Self.ledger, keyVersion: 2),
        ]
        for place in places { #expect(Self.key.open(sealed, at: place) == nil) }
        let stranger = TextKeys(SymmetricKey(data: [UInt8](repeating: 10, count: 32)), version: 1, row: 1)
        #expect(stranger.open(sealed, at: home) == nil)
        #expect(Self.key.open(sealed, at: home) == "王小明")
    }

    @Test("other texts, and the same text elsewhere, have other nonces")
    func nonces() throws {
        let home = Self.event().place(Self.name, ledger: Self.ledger, keyVersion: 1)
        let away = Self.event(id: "e-2").place(Self.name, ledger: Self.ledger, keyVersion: 1)
        let nonces = [
            try Self.parts("a", at: home), try Self.parts("b", at: home), try Self.parts("a", at: away),
            try Self.parts("a\0", at: home), try Self.parts("", at: home),
        ].map { Array($0.nonce) }
        #expect(Set(nonces).count == nonces.count)
    }

    @Test("of texts up to 15 bytes have one length, so that it does not tell the name")
    func lengths() throws {
        let home = Self.event().place(Self.name, ledger: Self.ledger, keyVersion: 1)
        let lengths = try ["", "林", "歐陽小明", "123456789012345"].map {
            try Self.parts($0, at: home).ciphertext.count
        }
        #expect(Set(lengths) == [16])
    }

    @Test("are refused, not cut, when a text is longer than any field takes")
    func tooLong() {
        let home = Self.event().place(Self.name, ledger: Self.ledger, keyVersion: 1)
        #expect(Self.key.seal(String(repeating: "x", count: 8_192), at: home, .identity) == nil)
    }
}
