import Glibc
package import TrainingEvents

/// Standard output and standard error.
package enum Console {
    /// Prints a line.
    package static func print(_ line: String) {
        write(Array((line + "\n").utf8), to: 1)
    }

    /// Prints a JSON value on one line.
    package static func print(_ json: JSONValue) {
        var bytes: [UInt8] = []
        json.write(to: &bytes)
        bytes.append(0x0A)
        write(bytes, to: 1)
    }

    /// Prints a complaint.
    package static func complain(_ line: String) {
        write(Array((line + "\n").utf8), to: 2)
    }

    /// How many columns there are: the terminal's, or 80 where output goes to a file or another program.
    package static var columns: Int {
        var size = winsize()
        guard isatty(1) == 1, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes everything; a reader that has gone away ends the program quietly, as other tools do.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) {
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
