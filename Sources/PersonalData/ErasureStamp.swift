import EventLog
internal import Crypto
import Foundation

/// The file of a ledger, and of its keys, that says how far erasures were carried out there.
package let erasureStampFile = "erasures"

/// How many entries the register of erasures had, and a hash of them all.
///
/// Ledger and keys each keep one, in the file `erasures`, written when an erasure begins and when it is done. Where either
/// differs from the register, something was put back from an older copy, or an erasure was cut off; then nothing is opened
/// before the register is applied.
struct ErasureStamp: Hashable, Sendable {
    private static let mark = Array("TLERASED".utf8)
    private static let length = 68

    /// The number of entries.
    let count: UInt64
    /// A SHA-256 chain over them.
    let chain: [UInt8]

    /// Before any erasure: what stands where there is no file.
    static let none = ErasureStamp(count: 0, chain: [UInt8](repeating: 0, count: 32))

    /// The stamp after one more entry.
    func after(_ entry: [UInt8]) -> ErasureStamp {
        ErasureStamp(count: count + 1, chain: Array(SHA256.hash(data: framed(chain, entry))))
    }

    /// Reads the stamp in a directory.
    ///
    /// - Throws: `damaged`, `inputOutput`.
    static func read(
        in directory: String, ledger: [UInt8], files: some FileSystem
    ) throws(PersonalDataError) -> ErasureStamp {
        let path = "\(directory)/\(erasureStampFile)"
        let bytes: [UInt8]
        do throws(LogError) { bytes = try files.content(path, limit: length + 1) } catch {
            if error.isNotFound { return .none }
            throw PersonalDataError(error)
        }
        guard bytes.count == length, Array(bytes[0..<8]) == mark, Array(bytes[8..<24]) == ledger,
            bytes.suffix(4).elementsEqual(checksum(bytes.dropLast(4)))
        else { throw PersonalDataError(.damaged, "\(path) is not as it was written") }
        return ErasureStamp(count: number(bytes[24..<32]), chain: Array(bytes[32..<64]))
    }

    /// Puts the stamp into a directory, durably.
    func write(in directory: String, ledger: [UInt8], files: some FileSystem) throws(PersonalDataError) {
        let content = Self.mark + ledger + bytes(count) + chain
        try fromFiles { () throws(LogError) in
            try files.replace(
                "\(directory)/\(erasureStampFile)", in: directory, with: content + Self.checksum(content[...]))
        }
    }

    private static func checksum(_ content: ArraySlice<UInt8>) -> [UInt8] {
        withUnsafeBytes(of: content.withUnsafeBytes { crc32c($0) }.littleEndian) { Array($0) }
    }
}
