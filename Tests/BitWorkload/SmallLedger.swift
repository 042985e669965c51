import CivilTime
import EventLog
import Foundation
import Ledger
import PersonalData
import Rulebook
import TrainingEvents
import Transparency

/// A ledger of a few events with a file of every kind: segments sealed and open, a rulebook, checkpoints, derived files,
/// keys, registers and stamps of an erasure.
struct SmallLedger {
    /// Its directory; keys, key-encryption key and register lie beside it.
    let path: String

    static let now = Instant("2026-11-01T12:00:00+08:00") ?? .earliest

    /// The files beside a ledger that belong to it, by what their paths add to its own.
    static let besides = [".keys", ".keys.kek", ".keys.register"]

    private static let first = [
        event(
            "unit.registered", "U-1",
            #"{"name":"訓練中心","kind":"foundation","county":"新北市","foundedOn":"2001-01-01"}"#),
        event(
            "class.approved", "C-1",
            """
            {"programme":"preEmployment","courseName":"咖啡","unit":"U-1","county":"新北市","fee":9000,"seats":20,\
            "startsOn":"2026-06-01","endsOn":"2026-07-14","selection":"interview"}
            """),
        event(
            "trainee.registered", "T-9",
            """
            {"birthDate":"1985-02-28","sex":"female","nationality":"national","name":"阮氏梅花",\
            "nationalId":"A123456789","phone":"0912-345-678"}
            """),
    ]

    private static let second = [
        event(
            "trainee.registered", "T-8",
            #"{"birthDate":"1990-02-28","sex":"male","nationality":"national","name":"林大同先生"}"#),
        event("application.submitted", "T-8", #"{"class":"C-1","at":"2026-05-02T09:00:00+08:00"}"#),
    ]

    private static func event(_ type: String, _ subject: String, _ data: String) -> String {
        """
        {"specversion":"1.0","id":"\(type)-\(subject)","source":"/test","type":"\(type)","subject":"\(subject)",\
        "time":"2026-05-01T09:00:00+08:00","data":\(data)}
        """
    }

    static var lines: [String] { first + second }

    /// Makes the ledger, and beside it a copy of it and of its keys.
    init(making path: String, copy: String) throws {
        self.path = path
        try LedgerWriter.create(path, keys: KeyOptions())
        try append(Self.first)
        _ = try SegmentSealing(ledger: path, includingOpen: true)
        try append(Self.second)
        let writer = try writer()
        _ = try writer.erase("T-9", legalBasis: "個資法", approvedBy: ["甲", "乙"], on: nil)
        try writer.close()
        let book = try Rulebook.parse(Array(ShortBook().text.utf8), fileName: "short.yaml")
        _ = try RulebookStore(ledger: path).keep(book)
        guard let key = SigningKey(generatingFor: "bits.example/ledger") else { throw BitError("no key") }
        _ = try CheckpointSigning(ledger: path, files: RealFileSystem()).sign(with: key)
        _ = try LedgerCopy(of: path, to: copy)
        for beside in Self.besides { try FileManager.default.copyItem(atPath: path + beside, toPath: copy + beside) }
    }

    private func append(_ lines: [String]) throws {
        let writer = try writer()
        for line in lines { _ = try writer.admit(try Self.draft(line), keepsRecordedTime: false) }
        try writer.commit()
        try writer.close()
    }

    private static func draft(_ line: String) throws -> EventDraft { try EventDraft(json: try JSONParser.parse(line)) }

    private func writer(isDryRun: Bool = false) throws -> LedgerWriter {
        try LedgerWriter(opening: path, keys: KeyUse(KeyOptions()), isDryRun: isDryRun, now: { Self.now })
    }

    /// What the ledger says: every event with its texts, each line's place as a repeated one, a dossier.
    ///
    /// - Throws: whatever keeps it from answering.
    func answers(withDerived: Bool) throws -> [String] {
        let reader = try LedgerReader(opening: path, keys: KeyUse(KeyOptions()))
        var answers: [String] = []
        try reader.forEachEvent(at: try reader.resolve(.head)) { position, event, registry throws(LedgerError) in
            answers.append(event.json(sequence: position, registry: registry).text)
        }
        guard withDerived else { return answers }
        let writer = try writer(isDryRun: true)
        for line in Self.lines {
            let admission = try writer.admit(try Self.draft(line), keepsRecordedTime: false)
            guard case .duplicate(let position) = admission else { throw BitError("a repeated event was admitted") }
            answers.append("\(position)")
        }
        try writer.close()
        var proofs = try LedgerProofs(LedgerReader(opening: path, keys: nil))
        return answers + [String(decoding: try proofs.dossier(of: "T-8").bytes, as: UTF8.self)]
    }
}

/// Why a trial failed, in English.
struct BitError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
