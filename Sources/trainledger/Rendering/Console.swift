import Foundation
import Glibc
import TrainingEvents
import Synchronization

/// Standard output and standard error.
enum Console {
    /// Prints a line.
    static func print(_ line: String) {
        write(Array((line + "\n").utf8), to: 1)
    }

    /// Prints a JSON value on one line.
    static func print(_ json: JSONValue) {
        var bytes: [UInt8] = []
        json.write(to: &bytes)
        bytes.append(0x0A)
        write(bytes, to: 1)
    }

    /// Prints a complaint.
    static func complain(_ line: String) {
        write(Array((line + "\n").utf8), to: 2)
    }

    /// How many columns there are: the terminal's, or 80 where output goes to a file or another program.
    static var columns: Int {
        var size = winsize()
        guard isatty(1) == 1, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes everything; a reader that has gone away ends the program quietly, as other tools do.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                let reason = errno
                if reason != EPIPE, descriptor != 2 {
                    complain("trainledger: output: \(String(cString: strerror(reason)))")
                }
                exit(reason == EPIPE ? 0 : 74)
            }
            offset += count
        }
    }
}

/// Collects lines and writes them in large pieces.
struct LineBuffer {
    private var bytes: [UInt8] = []

    mutating func add(_ json: JSONValue) {
        json.write(to: &bytes)
        bytes.append(0x0A)
        if bytes.count > 1 << 16 { flush() }
    }

    mutating func add(_ line: String) {
        bytes.append(contentsOf: line.utf8)
        bytes.append(0x0A)
        if bytes.count > 1 << 16 { flush() }
    }

    /// Adds a line that has its line feed.
    mutating func add(bytes line: [UInt8]) {
        bytes.append(contentsOf: line)
        if bytes.count > 1 << 16 { flush() }
    }

    mutating func flush() {
        Console.write(bytes, to: 1)
        bytes.removeAll(keepingCapacity: true)
    }
}

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
