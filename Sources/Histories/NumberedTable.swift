/// Values by dense numbers, in pages: a table that holds a few of a million costs little more than those few, and two
/// tables that differ in one value share all other pages.
///
/// `nil` where a number was given and nothing stands, or where the number was passed over.
package struct NumberedTable<Value: Sendable>: RandomAccessCollection, Sendable {
    package private(set) var count = 0
    /// An empty page was passed over.
    private var pages: [[Value?]] = []

    package static var pageSize: Int { 1 << pageShift }
    private static var pageShift: Int { 10 }

    package init() {}

    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    /// The value of a number below ``count``. O(1).
    package subscript(position: Int) -> Value? {
        get {
            precondition(position >= 0 && position < count)
            let page = position >> Self.pageShift
            guard !pages[page].isEmpty else { return nil }
            return pages[page][position & (Self.pageSize - 1)]
        }
        _modify {
            precondition(position >= 0 && position < count)
            fill(position >> Self.pageShift)
            yield &pages[position >> Self.pageShift][position & (Self.pageSize - 1)]
        }
    }

    /// Whether a value stands under a number below ``count``; copies nothing. O(1).
    package func hasValue(at position: Int) -> Bool {
        precondition(position >= 0 && position < count)
        let page = position >> Self.pageShift
        guard !pages[page].isEmpty, case .some = pages[page][position & (Self.pageSize - 1)] else { return false }
        return true
    }

    /// Whether both have all their pages in common and so the same values. O(pages); `false` says nothing.
    package func sharesPages(with other: Self) -> Bool {
        count == other.count
            && pages.elementsEqual(other.pages) { left, right in
                left.withUnsafeBufferPointer(\.baseAddress) == right.withUnsafeBufferPointer(\.baseAddress)
            }
    }

    /// Gives the next number to a value.
    package mutating func append(_ value: Value?) {
        pass(to: count + 1)
        guard let value else { return }
        self[count - 1] = value
    }

    /// Gives numbers to values that are to stand in one page.
    ///
    /// - Precondition: the numbers given before fill their pages, and the values fit one.
    mutating func append(page: [Value?]) {
        precondition(count & (Self.pageSize - 1) == 0 && page.count <= Self.pageSize)
        pages.append(page)
        count += page.count
        fill(pages.count - 1)
    }

    /// Gives out numbers below `end` for which nothing stands.
    mutating func pass(to end: Int) {
        guard end > count else { return }
        count = end
        let needed = (end + Self.pageSize - 1) >> Self.pageShift
        while pages.count < needed { pages.append([]) }
    }

    private mutating func fill(_ page: Int) {
        let missing = Self.pageSize - pages[page].count
        guard missing > 0 else { return }
        pages[page].reserveCapacity(Self.pageSize)
        for _ in 0..<missing { pages[page].append(nil) }
    }
}

extension NumberedTable: Equatable where Value: Equatable {
    package static func == (left: Self, right: Self) -> Bool { left.elementsEqual(right) }
}
