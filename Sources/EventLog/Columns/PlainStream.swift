extension ColumnReader {
    /// Writes all parts of an opened stream one behind the other, each after its length. Gives the number of bytes, or
    /// nil if the columns do not hold them or `memory` has no room.
    func writePlain(to memory: UnsafeMutableRawBufferPointer) -> Int? {
        var place = 0
        while partsLeft > 0 || run.pointee.left > 0 {
            guard let end = writeNext(to: memory, at: place) else { return nil }
            place = end
        }
        return isAtEnd ? place : nil
    }

    func writeWhole(_ memory: UnsafeMutableRawBufferPointer, _ start: Int) -> Int? {
        guard let part = nextWhole(), part.count <= memory.count - start - 10 else { return nil }
        let place = ColumnBytes.write(UInt64(part.count), to: memory, at: start)
        memory.copy(part, at: place)
        return place + part.count
    }

    /// A part whose length is known only once it is written: one byte is left for it, and the part moved if it needs
    /// more.
    func writePart(_ shape: Int, _ memory: UnsafeMutableRawBufferPointer, _ start: Int) -> Int? {
        guard memory.count - start > 1, let end = write(shape: shape, to: memory, at: start + 1) else { return nil }
        let length = end - start - 1
        let distance = ColumnBytes.length(ofVarint: UInt64(length)) - 1
        if distance > 0 {
            guard end + distance <= memory.count else { return nil }
            let part = UnsafeRawBufferPointer(memory).part(start + 1..<end)
            UnsafeMutableRawBufferPointer(rebasing: memory[start + 1 + distance..<end + distance]).copyMemory(
                from: part)
            moved(shape: shape, by: distance)
        }
        _ = ColumnBytes.write(UInt64(length), to: memory, at: start)
        return end + distance
    }
}
