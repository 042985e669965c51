import EventLog

/// Pages of a run that were read and checked, kept for the next look-up.
///
/// A page has one slot, which it shares with others where a run has more pages than slots: 32 MiB a run at most, of which
/// only what was asked for is taken.
final class PageCache {
    /// Slots at most.
    static let limit = 65_536

    private let slots: Int
    /// Which page each slot holds; -1 for none.
    private let numbers: UnsafeMutablePointer<Int>
    private let memory: UnsafeMutableRawBufferPointer

    /// A cache for a run of so many pages; holds none.
    init(pages: Int, limit: Int = limit) {
        slots = max(1, min(pages, limit))
        numbers = .allocate(capacity: slots)
        numbers.initialize(repeating: -1, count: slots)
        memory = .allocate(byteCount: slots * EntryPage.length, alignment: 64)
    }

    deinit {
        numbers.deallocate()
        memory.deallocate()
    }

    /// Lends a page, until another one is kept; nil if it is not here.
    subscript(_ number: Int) -> UnsafeRawBufferPointer? {
        let slot = number % slots
        return numbers[slot] == number ? room(slot) : nil
    }

    /// Keeps a page, in place of whichever has its slot, and lends it.
    func keep(_ page: UnsafeRawBufferPointer, as number: Int) -> UnsafeRawBufferPointer {
        precondition(page.count == EntryPage.length)
        let slot = number % slots
        memory.copy(page, at: slot * EntryPage.length)
        numbers[slot] = number
        return room(slot)
    }

    private func room(_ slot: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(memory).part(slot * EntryPage.length..<(slot + 1) * EntryPage.length)
    }
}
