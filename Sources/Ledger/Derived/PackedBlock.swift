internal import CLZ4
import EventLog

/// The content of a derived file's block with its length before it, as one LZ4 block where that is shorter.
enum PackedBlock {
    /// The longest content.
    static let maximumLength = 1 << 26
    private static let headerLength = 4

    /// Packs `content`.
    ///
    /// - Precondition: it has at most ``maximumLength`` bytes.
    static func packed(_ content: [UInt8]) -> [UInt8] {
        precondition(content.count <= maximumLength)
        let header = withUnsafeBytes(of: UInt32(content.count).littleEndian) { Array($0) }
        let bound = max(content.count, Int(LZ4_compressBound(Int32(content.count))))
        var stored = 0
        var bytes = [UInt8](unsafeUninitializedCapacity: headerLength + bound) { memory, count in
            let target = UnsafeMutableRawBufferPointer(memory)
            target.copyBytes(from: header)
            content.withUnsafeBytes { raw in
                stored = Int(
                    LZ4_compress_default(
                        raw.bindMemory(to: CChar.self).baseAddress,
                        target.bindMemory(to: CChar.self).baseAddress.map { $0 + headerLength }, Int32(raw.count),
                        Int32(bound)))
            }
            count = headerLength + stored
        }
        // Equal lengths say that it is not compressed.
        if stored <= 0 || stored >= content.count { bytes = header + content }
        return bytes
    }

    /// The content; nil if the bytes are not those of a block.
    static func unpacked(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard bytes.count >= headerLength else { return nil }
        let length = Int(bytes.integer(at: 0, as: UInt32.self))
        let stored = bytes.part(headerLength..<bytes.count)
        guard length <= maximumLength, stored.count <= length else { return nil }
        if stored.count == length { return [UInt8](stored) }
        var produced = -1
        let content = [UInt8](unsafeUninitializedCapacity: length) { memory, count in
            produced = Int(
                LZ4_decompress_safe(
                    stored.bindMemory(to: CChar.self).baseAddress,
                    UnsafeMutableRawBufferPointer(memory).bindMemory(to: CChar.self).baseAddress, Int32(stored.count),
                    Int32(length)))
            count = max(0, produced)
        }
        return produced == length ? content : nil
    }
}
