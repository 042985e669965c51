import EventLog
import Glibc
import Transparency

/// Something for a verifier to accept or reject.
enum ProofCase: Equatable {
    /// A `.tlog-proof` file that holds its entry.
    case inclusion([UInt8])
    /// The checkpoint that someone has, and a request to go on from it.
    case consistency(old: [UInt8], request: [UInt8])

    var line: String {
        switch self {
        case .inclusion(let file): "inclusion\t\(Base64.encode(file))"
        case .consistency(let old, let request):
            "consistency\t\(Base64.encode(old))\t\(Base64.encode(request))"
        }
    }

    init?(line: Substring) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        let files = fields.dropFirst().compactMap { Base64.decode($0) }
        guard files.count == fields.count - 1 else { return nil }
        switch (fields.first, files.count) {
        case ("inclusion", 1): self = .inclusion(files[0])
        case ("consistency", 2): self = .consistency(old: files[0], request: files[1])
        default: return nil
        }
    }

    /// Whether it holds.
    func holds(_ key: VerifierKey) -> Bool {
        do throws(TransparencyError) {
            switch self {
            case .inclusion(let file): _ = try InclusionFile(parsing: file).verify(log: key)
            case .consistency(let old, let request):
                let last = try SignedCheckpoint(parsing: old, log: key).checkpoint
                let request = try WitnessRequest(parsing: request)
                guard request.oldSize > 0, case .accepted = try Witness.check(request, after: last, log: key) else {
                    return false
                }
            }
            return true
        } catch {
            return false
        }
    }
}

/// The verdicts on a file of cases.
func judge(_ bytes: [UInt8]) throws -> String {
    var key: VerifierKey?
    var verdicts: [UInt8] = []
    for line in bytes.split(separator: 0x0A) {
        let text = Substring(decoding: line, as: UTF8.self)
        if text.hasPrefix("key\t") {
            key = try VerifierKey(text.dropFirst(4))
            continue
        }
        guard let key, let one = ProofCase(line: text) else {
            throw TransparencyError(.malformed, "a line of the cases is none")
        }
        verdicts.append(UInt8(ascii: one.holds(key) ? "a" : "r"))
    }
    return String(decoding: verdicts, as: UTF8.self)
}

/// Lines for a file.
struct CaseFile {
    private var bytes: [UInt8] = []

    mutating func add(_ line: String) {
        bytes += Array(line.utf8)
        bytes.append(0x0A)
    }

    func write(to path: String) throws {
        let file = fopen(path, "w")
        guard let file else { throw LogError.system(errno, "make", path) }
        let written = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
        guard fclose(file) == 0, written == bytes.count else { throw LogError.system(errno, "write", path) }
    }
}
