import ArgumentParser
import CommandKit
import EventLog
import Explanations
import Foundation
import Glibc
import Ledger
import Transparency
import TrainingEvents

/// Files and keys that the commands on proofs take.
enum TrustFiles {
    /// The bytes of a file of at most `limit`.
    static func read(_ path: String, limit: Int) throws(LedgerError) -> [UInt8] {
        do throws(LogError) {
            return try RealFileSystem().content(path, limit: limit)
        } catch {
            throw .input(path: path, reason: error.reason)
        }
    }

    /// Writes a file, or standard output where there is no path.
    ///
    /// - Parameter isPrivate: it may hold personal details, so only its owner may read it.
    static func write(_ bytes: [UInt8], to path: String?, isPrivate: Bool = false) throws(LedgerError) {
        guard let path else { return Console.write(bytes, to: 1) }
        let temporary = path + ".tmp"
        let manager = FileManager.default
        let mode = isPrivate ? 0o600 : 0o644
        guard
            manager.createFile(atPath: temporary, contents: Data(bytes), attributes: [.posixPermissions: mode]),
            rename(temporary, path) == 0
        else { throw .output(path: path) }
    }

    /// A public key: its text, or a file that holds it.
    static func key(_ text: String) throws(LedgerError) -> VerifierKey {
        do throws(TransparencyError) {
            return try VerifierKey(text)
        } catch let failure {
            guard FileManager.default.fileExists(atPath: text) else { throw .proof(failure, file: nil) }
            let bytes = try read(text, limit: 4_096)
            let line = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            return try fromProof(text) { () throws(TransparencyError) in try VerifierKey(line) }
        }
    }
}

/// Whose signatures are required.
struct TrustedKeys: ParsableArguments {
    @Option(help: ArgumentHelp("The ledger's public key, or a file with it (trainledger key show).", valueName: "vkey"))
    var key: String

    @Option(
        help: ArgumentHelp("The public key of a witness who must have cosigned; may be repeated.", valueName: "vkey"))
    var witness: [String] = []

    func log() throws(LedgerError) -> VerifierKey {
        let key = try TrustFiles.key(key)
        guard key.kind == .note else {
            throw .proof(TransparencyError(.invalidKey, "this is a witness's key, not a ledger's"), file: nil)
        }
        return key
    }

    func witnesses() throws(LedgerError) -> [VerifierKey] { try Self.witnesses(witness) }

    static func witnesses(_ texts: [String]) throws(LedgerError) -> [VerifierKey] {
        var keys: [VerifierKey] = []
        for text in texts {
            let key = try TrustFiles.key(text)
            guard key.kind == .cosignature else {
                throw .proof(TransparencyError(.invalidKey, "this is no witness's key"), file: nil)
            }
            keys.append(key)
        }
        return keys
    }
}

extension Checkpoint {
    /// Origin, size and root.
    var json: JSONValue {
        .members([
            "origin": .string(origin), "size": .number(head.size), "root": .string("sha256:\(head.root)"),
        ])
    }

    /// The same for people.
    func shown(_ language: Language) -> String {
        Words("\(origin)，\(head.size) 筆，樹根 \(head.root)", "\(origin), \(head.size) events, root \(head.root)")(language)
    }
}

extension TransparencyError {
    /// Why it was not accepted, as JSON.
    var json: JSONValue {
        .members([
            "code": .string(code.rawValue), "message": .string(reason), "line": line.map { .number($0) },
        ])
    }

    /// Why it was not accepted, in a sentence.
    func shown(_ language: Language) -> String {
        guard language == .chinese else { return description }
        let sentence =
            switch code {
            case .malformed: "格式不符"
            case .tooLong: "檔案過大"
            case .invalidKey: "不是有效的金鑰"
            case .notSigned: "沒有受信任金鑰的簽章"
            case .badSignature: "簽章不符"
            case .otherOrigin: "是另一本帳本的檢查點"
            case .outOfRange: "位置或大小超出範圍"
            case .wrongLength: "證明的雜湊數目不符"
            case .wrongRoot: "證明推得的樹根不符"
            }
        return (line.map { "第 \($0) 行：" } ?? "") + sentence + "（\(reason)）"
    }
}
