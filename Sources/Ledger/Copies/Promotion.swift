import Access
package import EventLog

/// Makes a copy that follows a ledger a ledger in its own right.
package struct Promotion: Sendable {
    /// What the copy holds, all of it verified against a signed head.
    package let head: TreeHead
    /// The epoch of the writer that was followed last.
    package let epoch: UInt32

    /// - Parameter changing: false to look only.
    /// - Throws: `access`; `log`: `inUse` while something still follows, `notTheWriter` if it follows nothing.
    package init(of copy: String, for request: AccessRequest? = nil, changing: Bool) throws(LedgerError) {
        try AccessGate.pass(request, for: .copyLedger, on: copy)
        let files = RealFileSystem()
        (head, epoch) = try fromLog { () throws(LogError) in
            // Drops what was not verified; and nothing follows while this is done.
            let follower = try LogFollower(opening: copy, files: files)
            let reader = try LogReader(opening: copy, files: files)
            let head = try reader.treeHead(at: follower.durable)
            if changing { try follower.promote() }
            return (head, follower.epoch)
        }
    }
}
