import CommandKit
import Foundation
import Glibc
import Synchronization

/// Shows how far long work is, on standard error and only on a terminal.
final class Progress: Sendable {
    private let label: String
    private let isShown: Bool
    private let lastShown = Mutex<UInt64>(0)
    private let began: Date

    init(_ label: String) {
        self.label = label
        isShown = isatty(2) == 1
        began = Date()
    }

    /// Shows a count, with the total where it is known; at most ten times a second.
    func show(_ done: UInt64, of total: UInt64? = nil) {
        guard isShown else { return }
        let now = UInt64(Date().timeIntervalSince(began) * 10)
        let isDue = lastShown.withLock { last in
            defer { last = now }
            return now != last
        }
        guard isDue else { return }
        let share = total.map { $0 == 0 ? "" : " / \($0) (\(done * 100 / $0) %)" } ?? ""
        Console.write(Array("\r\(label): \(done)\(share)\u{1B}[K".utf8), to: 2)
    }

    /// Takes the line away.
    func end() {
        if isShown { Console.write(Array("\r\u{1B}[K".utf8), to: 2) }
    }
}
