import CommandKit
import TrainingEvents

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
