internal import CCRC32C

/// CRC32C (Castagnoli) of `bytes`, going on from `seed`, the value of the bytes before them (0 at the start).
///
/// The check value of "123456789" is 0xE3069283 (RFC 3720, appendix B.4).
package func crc32c(_ bytes: UnsafeRawBufferPointer, seed: UInt32 = 0) -> UInt32 {
    trainledger_crc32c(seed, bytes.baseAddress, bytes.count)
}

extension UnsafeRawBufferPointer {
    /// A little-endian integer at `offset`; the caller has checked that it lies within the buffer.
    @inlinable
    package func integer<I: FixedWidthInteger>(at offset: Int, as type: I.Type = I.self) -> I {
        I(littleEndian: loadUnaligned(fromByteOffset: offset, as: I.self))
    }

    /// The part of the buffer in `range`.
    @inlinable
    package func part(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[range])
    }

    /// Whether every byte is zero.
    package var isZero: Bool { trainledger_is_zero(baseAddress, count) }
}

extension UnsafeMutableRawBufferPointer {
    /// Stores a little-endian integer at `offset`.
    @inlinable
    package func store<I: FixedWidthInteger>(_ value: I, at offset: Int) {
        storeBytes(of: value.littleEndian, toByteOffset: offset, as: I.self)
    }

    /// Copies `bytes` to `offset`.
    @inlinable
    package func copy(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        UnsafeMutableRawBufferPointer(rebasing: self[offset..<offset + bytes.count]).copyMemory(from: bytes)
    }
}

/// A growable piece of memory that is used again and again; its content does not survive growing.
final class Scratch {
    /// The memory as it is, perhaps none yet.
    private(set) var buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)

    deinit { buffer.deallocate() }

    /// Memory of at least `count` bytes, content undefined.
    func memory(_ count: Int) -> UnsafeMutableRawBufferPointer {
        if buffer.count < count {
            let grown = Swift.max(count, Swift.min(buffer.count * 2, count + (4 << 20)), 4_096)
            buffer.deallocate()
            buffer = .allocate(byteCount: grown, alignment: 64)
        }
        return buffer
    }
}

/// Lower-case hexadecimal digits of `bytes`.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes {
        text += String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
    return text
}
