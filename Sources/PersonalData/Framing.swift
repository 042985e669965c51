/// Bytes that leave no doubt where one part ends: every part behind its length in 4 bytes, little-endian.
func framed(_ parts: [UInt8]...) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.count + 4 })
    for part in parts {
        withUnsafeBytes(of: UInt32(part.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes += part
    }
    return bytes
}

/// A number as 8 bytes, little-endian.
func bytes(_ number: UInt64) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }

/// The number in 8 bytes, little-endian.
func number(_ bytes: some Collection<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
