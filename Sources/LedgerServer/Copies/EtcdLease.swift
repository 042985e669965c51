import Dispatch
import EventLog
import Foundation
package import Ledger
import Synchronization
import TrainingEvents

/// The right to write a ledger of which several machines have a copy, held as a lease in etcd (version 3, JSON gateway).
///
/// Three keys below `trainledger/LEDGER/`: `leader`, the holder's name, goes with the lease; `epoch` counts the writers
/// that were let in; `written` is the last of them that has written. Nothing of the ledger goes through etcd.
package final class EtcdLease: WriterLease {
    private struct State {
        /// The lease is surely held until then, in nanoseconds of a clock that only goes forward.
        var heldUntil: UInt64 = 0
        var written: UInt32 = 0
        var isEnded = false
    }

    private let calls: EtcdCalls
    private let prefix: String
    private let name: String
    private let seconds: Int
    private let leaseID: String
    /// The revision in which this holder became the leader: what etcd compares before it changes anything.
    private let revision: String
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "lease")

    /// Takes the lease, and keeps it alive until ``end()``. From then on the ledger is written under a lease only.
    ///
    /// - Parameters:
    ///   - ledger: the directory of the ledger, or of a promoted copy.
    ///   - address: of etcd, such as `http://127.0.0.1:2379`.
    ///   - name: of the holder, for people.
    ///   - seconds: after which the lease is lost if this process is gone; at least 2.
    /// - Throws: `log`: `inUse` if somebody else holds it; `inputOutput` if etcd does not answer.
    package init(
        _ address: String, on ledger: String, holder name: String, seconds: Int
    ) throws(LedgerError) {
        let calls = try EtcdCalls(address)
        let prefix = try fromLease { () throws(LogError) in
            let files = RealFileSystem()
            if try WriterRule.read(in: ledger, files) == .follower {
                throw LogError(
                    .notTheWriter, "\(ledger) follows another ledger; trainledger promote makes it one of its own")
            }
            return "trainledger/\(try ledgerID(of: ledger, files: files))/"
        }
        let start = Self.now
        let (leaseID, outcome) = try fromLease { () throws(LogError) in
            let leaseID = try calls.grant(seconds: seconds)
            let outcome = try calls.change(
                if: [.isAbsent(prefix + "leader")], put: [(prefix + "leader", name)], lease: leaseID)
            return (leaseID, outcome)
        }
        guard let revision = outcome else {
            let holder = try fromLease { () throws(LogError) in try calls.value(prefix + "leader")?.text }
            try? calls.revoke(leaseID)
            throw .log(
                LogError(.inUse, "\(holder ?? "another server") writes this ledger now; it can be followed instead"))
        }
        self.calls = calls
        self.prefix = prefix
        self.name = name
        self.seconds = seconds
        self.leaseID = leaseID
        self.revision = revision
        state.withLock { $0.heldUntil = start + UInt64(seconds) * 1_000_000_000 }
        try fromLease { () throws(LogError) in try WriterRule.set(.lease, in: ledger, RealFileSystem()) }
        renewLater()
    }

    private static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

    /// Gives the lease back.
    package func end() {
        state.withLock { state in
            state.isEnded = true
            state.heldUntil = 0
        }
        try? calls.revoke(leaseID)
    }

    private func renewLater() {
        queue.asyncAfter(deadline: .now() + .milliseconds(seconds * 1_000 / 4)) { [weak self] in
            guard let self, !state.withLock({ $0.isEnded }) else { return }
            renew()
            renewLater()
        }
    }

    private func renew() {
        // From before the question on: etcd counts from when it came.
        let start = Self.now
        guard let left = try? calls.keepAlive(leaseID), left > 0 else { return }
        state.withLock { state in
            // Once lost, it stays lost: somebody else may have written since.
            guard !state.isEnded, state.heldUntil > start else { return }
            state.heldUntil = max(state.heldUntil, start + UInt64(left) * 1_000_000_000)
        }
    }

    package func check() throws(LedgerError) {
        // A fifth of the time is left for the write itself and for clocks that do not run alike.
        let margin = UInt64(seconds) * 200_000_000
        guard state.withLock({ $0.heldUntil }) > Self.now + margin else { throw Self.lost }
    }

    package func claim(after known: UInt32) throws(LedgerError) -> UInt32 {
        try check()
        let next = try fromLease { () throws(LogError) -> UInt32? in
            let written = try number("written")
            guard written.value <= known else {
                throw LogError(
                    .notTheWriter,
                    "epoch \(written.value) has written this ledger, and this copy knows of \(known) only: it lacks what was "
                        + "recorded since. Let it follow the ledger that has it")
            }
            let last = try number("epoch")
            let next = max(last.value, known) + 1
            let outcome = try calls.change(
                if: [isLeader, .hasRevision(prefix + "epoch", last.revision)],
                put: [(prefix + "epoch", "\(next)")])
            return outcome == nil ? nil : next
        }
        guard let next else { throw Self.lost }
        return next
    }

    package func didWrite(_ epoch: UInt32) throws(LedgerError) {
        if state.withLock({ $0.written }) == epoch { return }
        let outcome = try fromLease { () throws(LogError) in
            try calls.change(if: [isLeader], put: [(prefix + "written", "\(epoch)")])
        }
        guard outcome != nil else { throw Self.lost }
        state.withLock { $0.written = epoch }
    }

    private var isLeader: EtcdCalls.Condition { .wasMade(prefix + "leader", revision) }

    private func number(_ key: String) throws(LogError) -> (value: UInt32, revision: String) {
        guard let found = try calls.value(prefix + key) else { return (0, "0") }
        guard let value = UInt32(found.text), value < .max else {
            throw LogError(.damaged, "etcd's \(prefix)\(key) is no epoch")
        }
        return (value, found.revision)
    }

    private static let lost = LedgerError.log(
        LogError(.notTheWriter, "the lease is lost: somebody else may write this ledger now. Start the server anew"))
}

private func fromLease<Value>(_ work: () throws(LogError) -> Value) throws(LedgerError) -> Value {
    do throws(LogError) { return try work() } catch { throw .log(error) }
}
