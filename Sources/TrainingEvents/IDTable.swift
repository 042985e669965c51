/// IDs of one kind, numbered from 0 in the order of their introduction.
///
/// They stand one behind the other in one piece of memory, with a hash table of their numbers: a million of them take
/// some 30 bytes each and are put together in a fraction of a second.
package struct IDTable<Number: RegisteredNumber>: Sendable {
    private var text: [UInt8] = []
    /// Where each ID ends in the text.
    private var ends: [Int] = []
    /// Open addressing: one more than the number; 0 marks an empty slot. Of equal IDs the last stands.
    private var slots: [UInt32] = []
    private var retracted: Set<Number> = []
    /// IDs of a table that holds some only, and their numbers.
    private var singleIDs: [Number: String] = [:]
    private var singleNumbers: [String: Number] = [:]
    var findsRetracted = false

    package init() {}

    /// How many were introduced.
    package var count: Int { ends.count }

    /// The IDs by their numbers. O(count): for messages and tests.
    package var ids: [String] { ends.indices.map { string($0) } }

    /// The numbers whose registration was retracted, ascending.
    package var retractedNumbers: [Number] { retracted.sorted() }

    /// The number of an ID that is introduced and not retracted.
    package subscript(_ id: String) -> Number? {
        guard let number = singleNumbers.isEmpty ? known(id) : singleNumbers[id] ?? known(id) else { return nil }
        return findsRetracted || !retracted.contains(number) ? number : nil
    }

    private func known(_ id: String) -> Number? {
        guard !slots.isEmpty else { return nil }
        // Equal texts may be spelt with other code points; the ones kept are in normal form C.
        var key = id.utf8.allSatisfy { $0 < 0x80 } ? id : id.inNormalFormC
        return key.withUTF8 { find(UnsafeRawBufferPointer($0)) }
    }

    /// The number of the ID with these bytes, in canonical form; as the other look-up, of tables that hold all IDs.
    func number(of id: UnsafeBufferPointer<UInt8>) -> Number? {
        guard singleNumbers.isEmpty, !slots.isEmpty, let number = find(UnsafeRawBufferPointer(id)) else { return nil }
        return findsRetracted || !retracted.contains(number) ? number : nil
    }

    /// The ID with this number; an empty string for a number that was never given.
    package func id(of number: Number) -> String {
        Int(number.value) < count ? string(Int(number.value)) : singleIDs[number] ?? ""
    }

    /// Takes down an ID with its number, leaving out those before it.
    package mutating func add(_ id: String, as number: Number) {
        singleNumbers[id] = number
        singleIDs[number] = id
    }

    /// Introduces an ID, which gets the number ``count``.
    package mutating func add(_ id: String) {
        var id = id
        id.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    /// Introduces the ID with these bytes.
    package mutating func add(_ id: UnsafeRawBufferPointer) {
        if (count + 1) * 4 > slots.count * 3 { grow() }
        text.append(contentsOf: id)
        ends.append(text.count)
        place(count - 1)
    }

    /// Forgets the name after its registration was retracted; the number is not given again.
    package mutating func retract(_ number: Number) {
        retracted.insert(number)
    }

    /// Lends the bytes of the ID with a number below ``count``.
    package func withBytes<Answer, Failure>(
        of number: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        try text.withUnsafeBufferPointer { text throws(Failure) in
            try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: text[range(number)])))
        }
    }

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

    private func string(_ number: Int) -> String { String(decoding: text[range(number)], as: UTF8.self) }

    private func find(_ id: UnsafeRawBufferPointer) -> Number? {
        let entry = slots[slot(of: id)]
        return entry == 0 ? nil : Number(entry - 1)
    }

    /// The slot that has this ID, or the empty one where it belongs.
    private func slot(of id: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: id)
        var slot = hasher.finalize() & (slots.count - 1)
        while slots[slot] != 0, !withBytes(of: Int(slots[slot]) - 1, { $0.hasSameBytes(as: id) }) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private mutating func place(_ number: Int) {
        let slot: Int = withBytes(of: number) { self.slot(of: $0) }
        slots[slot] = UInt32(number + 1)
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: max(64, slots.count * 2))
        for number in 0..<count { place(number) }
    }
}
