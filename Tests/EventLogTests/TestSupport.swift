import Crypto
import EventLog
import Glibc

/// A directory of the real file system that goes away with the value.
final class TemporaryDirectory {
    let path: String

    init(in parent: String = "/tmp") throws {
        var template = Array("\(parent)/eventlog-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw LogError.system(errno, "make a directory in", parent) }
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit { removeAll(path) }

    private func removeAll(_ path: String) {
        let files = RealFileSystem()
        if unlink(path) == 0 { return }
        for name in (try? files.list(path)) ?? [] { removeAll(path + "/" + name) }
        rmdir(path)
    }
}

let ledgerID = [UInt8](0..<16)

/// Record `number` of a test: its content follows from the number, so that readers know what to expect.
func sampleRecord(_ number: UInt64, size: Int = 40) -> [UInt8] {
    var word = number &* 0x9E37_79B9_7F4A_7C15 &+ 1
    var facts: [UInt8] = []
    for _ in 0..<max(1, size / 2) {
        facts.append(UInt8(truncatingIfNeeded: word >> 56) & 0x3F)
        word = word &* 0xD134_2543_DE82_EF95 &+ 1
    }
    let envelope = Array("event \(number)".utf8)
    let personal = number % 3 == 0 ? Array("name of \(number)".utf8) : []
    guard let bytes = try? RecordParts(facts: facts, envelope: envelope, personal: personal).merged() else {
        preconditionFailure("small records fit")
    }
    return bytes
}

/// Records for positions in `range`.
func sampleRecords(_ range: Range<UInt64>, size: Int = 40) -> [[UInt8]] {
    range.map { sampleRecord($0, size: size) }
}

/// Everything from `from` to the head, by scan.
func everything<Files: FileSystem>(_ reader: LogReader<Files>, from: UInt64 = 0) throws -> [[UInt8]] {
    var records: [[UInt8]] = []
    try reader.forEach(from: from, to: reader.head) { position, record in
        precondition(position == from + UInt64(records.count))
        records.append([UInt8](record))
    }
    return records
}

/// The value of an environment variable.
func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}

/// The seed from TRAINLEDGER_SEED, or a new one; printed either way.
func testSeed(_ test: String = #function) -> UInt64 {
    let seed = environment("TRAINLEDGER_SEED").flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 32)
    print("\(test): TRAINLEDGER_SEED=\(seed)")
    return seed
}

/// SHA-256 in hexadecimal.
func sha256(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }.joined()
}
