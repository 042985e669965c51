import Foundation
import Glibc

/// A program that this one starts, and may kill.
final class Child {
    private let process = Process()
    private let output: String
    /// How long the output was before.
    private let start: Int

    init(_ path: String, _ arguments: [String], output: String) throws {
        self.output = output
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        if !FileManager.default.fileExists(atPath: output) {
            _ = FileManager.default.createFile(atPath: output, contents: nil)
        }
        let handle = try FileHandle(forWritingTo: URL(filePath: output))
        start = Int(try handle.seekToEnd())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
    }

    /// Ends it without a word, as a power cut does.
    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Waits until it has said this.
    func awaitOutput(_ words: String) throws {
        for _ in 0..<600 {
            let said = FileManager.default.contents(atPath: output)?.dropFirst(start) ?? Data()
            if String(decoding: said, as: UTF8.self).contains(words) { return }
            usleep(50_000)
        }
        throw Fault("it never said: \(words)")
    }

    /// Asks it to end; gives its exit status.
    func stop() -> Int32 {
        process.terminate()
        return wait()
    }

    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }
}

/// Why a run failed, in a sentence.
struct Fault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
