import EventLog
import Testing

@testable import Ledger

@Suite("Pages kept in memory")
struct PageCacheTests {
    private func keep(_ byte: UInt8, as number: Int, in cache: PageCache) {
        let page = [UInt8](repeating: byte, count: EntryPage.length)
        page.withUnsafeBytes { bytes in _ = cache.keep(bytes, as: number) }
    }

    private func first(_ number: Int, in cache: PageCache) -> UInt8? { cache[number]?.first }

    @Test func `a page is there once it was kept, and is the one that was kept last under its number`() {
        let cache = PageCache(pages: 3)
        #expect(first(2, in: cache) == nil)
        keep(7, as: 2, in: cache)
        keep(8, as: 0, in: cache)
        #expect(first(2, in: cache) == 7)
        #expect(first(0, in: cache) == 8)
        #expect(first(1, in: cache) == nil)
        keep(9, as: 2, in: cache)
        #expect(first(2, in: cache) == 9)
    }

    @Test func `more pages than slots share them, and none is taken for another`() {
        let cache = PageCache(pages: 100, limit: 4)
        for number in 0..<100 {
            keep(UInt8(number), as: number, in: cache)
            #expect(first(number, in: cache) == UInt8(number))
            if number >= 4 { #expect(first(number - 4, in: cache) == nil) }
            if number >= 1 { #expect(first(number - 1, in: cache) == UInt8(number - 1)) }
        }
    }

    @Test func `a run without pages has a cache that holds none`() {
        let cache = PageCache(pages: 0)
        #expect(first(0, in: cache) == nil)
    }
}
