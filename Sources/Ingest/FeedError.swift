/// Why a feed could not be read, as data.
package struct FeedError: Error, Hashable, Sendable {
    /// The causes.
    package enum Code: Hashable, Sendable {
        /// The server cannot be reached or does not answer now: it is tried again.
        case unreachable
        /// The server does not let this client in.
        case denied
        /// There is no such stream or consumer.
        case missing
        /// A consumer cannot be made as asked for.
        case notCreated
        /// An address, a file or a subject is not one.
        case misconfigured
    }

    package let code: Code
    /// One sentence in English; no address, since one may hold a password.
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// The exit status of a program that ends on this error (sysexits).
    package var exitStatus: Int32 {
        switch code {
        case .unreachable: 75
        case .denied: 77
        case .missing: 66
        case .notCreated: 73
        case .misconfigured: 64
        }
    }
}
