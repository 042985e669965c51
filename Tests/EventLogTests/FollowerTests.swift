import EventLog
import LedgerTestKit
import Testing

/// A copy that follows a log shows what its leader has signed, and nothing else.
struct FollowerTests {
    @Test func `a copy has its leader's records under the same heads, however the log grows`() throws {
        let seed = testSeed()
        for round in UInt64(0)..<40 {
            var chance = SeededGenerator(seed &+ round)
            let leader = try Leader()
            let copy = SimulatedFileSystem()
            var follower: LogFollower<SimulatedFileSystem>? = nil
            for _ in 0..<12 {
                try leader.doSomething(&chance)
                if chance.next() % 3 == 0 { follower = nil }
                let following = try follower ?? leader.newFollower(copy)
                follower = following
                let (head, epoch) = try leader.head()
                #expect(try following.follow(to: head, epoch: epoch, from: leader.source))
                #expect(try read(copy) == leader.records)
                #expect(try SimulatedReader(opening: copyPath, files: copy).treeHead(at: head.size) == head)
            }
            follower = nil
            let damages = try verifyLog(directory: copyPath, files: copy).damages
            #expect(damages.isEmpty, "round \(round): \(damages)")
        }
    }

    @Test func `readers see only what a head covers, whatever else has come`() throws {
        let leader = try Leader()
        try leader.append(5)
        let (head, epoch) = try leader.head()
        try leader.append(7)
        let copy = SimulatedFileSystem()
        let follower = try leader.newFollower(copy)
        #expect(try follower.follow(to: head, epoch: epoch, from: leader.source))
        #expect(try read(copy) == Array(leader.records[..<5]))
        // Nobody follows: still.
        let left = copy.copy()
        #expect(try read(left) == Array(leader.records[..<5]))
        // And the next one to follow drops the rest and takes it anew.
        let next = try LogFollower(opening: copyPath, files: left)
        let (later, epochThen) = try leader.head()
        #expect(try next.follow(to: later, epoch: epochThen, from: leader.source))
        #expect(try read(left) == leader.records)
    }

    @Test func `a part of a segment is replaced by the sealed one if it is the same`() throws {
        let leader = try Leader()
        try leader.append(20)
        let copy = SimulatedFileSystem()
        let follower = try leader.newFollower(copy)
        #expect(try follower.follow(to: leader.head().head, epoch: 9, from: leader.source))
        try leader.append(30)
        try leader.beginPartAndSeal()
        try leader.append(4)
        #expect(try follower.follow(to: leader.head().head, epoch: 9, from: leader.source))
        #expect(try read(copy) == leader.records)
        #expect(try verifyLog(directory: copyPath, files: copy.copy()).damages.isEmpty)
    }

    @Test func `a head with another root is refused, and readers see what they saw`() throws {
        let leader = try Leader()
        try leader.append(6)
        let copy = SimulatedFileSystem()
        let follower = try leader.newFollower(copy)
        #expect(try follower.follow(to: leader.head().head, epoch: 2, from: leader.source))
        try leader.append(6)
        var (head, epoch) = try leader.head()
        head.root = MerkleTree.leafHash([1])
        #expect(throws: LogError(.diverged, "")) { try follower.follow(to: head, epoch: epoch, from: leader.source) }
        #expect(try read(copy) == Array(leader.records[..<6]))
        #expect(try follower.follow(to: leader.head().head, epoch: epoch, from: leader.source))
        #expect(try read(copy) == leader.records)
    }

    @Test func `a leader of an older epoch, or with fewer records, is not followed`() throws {
        let leader = try Leader()
        try leader.append(6)
        let (early, epoch) = try leader.head()
        try leader.append(1)
        let copy = SimulatedFileSystem()
        let follower = try leader.newFollower(copy)
        #expect(try follower.follow(to: leader.head().head, epoch: epoch + 3, from: leader.source))
        let later = try leader.head().head
        #expect(throws: LogError(.notTheWriter, "")) {
            try follower.follow(to: later, epoch: epoch + 2, from: leader.source)
        }
        #expect(throws: LogError(.notTheWriter, "")) {
            try follower.follow(to: early, epoch: epoch + 3, from: leader.source)
        }
        #expect(try follower.follow(to: later, epoch: epoch + 3, from: leader.source))
    }

    @Test func `a leader whose history parted from the copy's is refused`() throws {
        let leader = try Leader()
        try leader.append(6)
        let other = Leader(leader.files.copy())
        let copy = SimulatedFileSystem()
        let follower = try leader.newFollower(copy)
        try leader.append(3)
        #expect(try follower.follow(to: leader.head().head, epoch: 5, from: leader.source))
        other.records = Array(leader.records[..<6])
        try other.append(9, from: 100)
        let (head, _) = try other.head()
        let error = #expect(throws: LogError.self) { try follower.follow(to: head, epoch: 6, from: other.source) }
        #expect([.diverged, .damaged].contains(error?.code))
        #expect(try read(copy) == leader.records)
    }

    @Test func `no byte changed on the way gets to readers`() throws {
        let seed = testSeed()
        var chance = SeededGenerator(seed)
        let leader = try Leader()
        try leader.append(3)
        try leader.beginPartAndSeal()
        try leader.append(12)
        let (head, epoch) = try leader.head()
        var refused = 0
        for _ in 0..<400 {
            let copy = SimulatedFileSystem()
            let follower = try leader.newFollower(copy)
            let source = ChangingSource(try leader.source, chance.next())
            do throws(LogError) {
                _ = try follower.follow(to: head, epoch: epoch, from: source)
            } catch {
                refused += 1
                #expect([.damaged, .diverged, .formatTooNew].contains(error.code), "\(error)")
                #expect(try read(copy).isEmpty)
            }
            // With what was really written, it goes on.
            #expect(try follower.follow(to: head, epoch: epoch, from: leader.source))
            #expect(try read(copy) == leader.records)
        }
        // What is left over are bits behind the head, or in a sealed segment's unused ones.
        #expect(refused > 300, "\(refused)")
    }

    @Test func `a crash at any operation leaves a copy that goes on, at a head that was signed`() throws {
        var chance = SeededGenerator(testSeed())
        let leader = try Leader()
        var heads: [(head: TreeHead, epoch: UInt32, files: SimulatedFileSystem)] = []
        for step in 0..<4 {
            try leader.append(UInt64(3 + step))
            if step == 2 { try leader.beginPartAndSeal() }
            let (head, epoch) = try leader.head()
            heads.append((head, epoch, leader.files.copy()))
        }
        func follow(_ copy: SimulatedFileSystem, _ reached: inout UInt64) throws {
            let follower = try leader.newFollower(copy)
            for (head, epoch, files) in heads {
                let source = try DirectorySegments(of: ledgerPath, files: files)
                if try follower.follow(to: head, epoch: epoch, from: source) { reached = head.size }
            }
        }
        let whole = SimulatedFileSystem()
        var end: UInt64 = 0
        try follow(whole, &end)
        var cases = 0
        for operation in 1...whole.operations {
            let copy = SimulatedFileSystem()
            copy.crash(at: operation)
            var reached: UInt64 = 0
            #expect(throws: LogError.self) { try follow(copy, &reached) }
            forEachSubset(of: copy.unsyncedChanges, exhaustiveUpTo: 4, samples: 4, &chance) { subset, keeps in
                cases += 1
                let context: Comment = "crash at \(operation), \(subset)"
                let left = copy.afterCrash(keeping: keeps)
                do {
                    if left.bytes(of: copyPath + "/ledger.json") != nil {
                        let seen = try SimulatedReader(opening: copyPath, files: left)
                        #expect(seen.head >= reached, context)
                        #expect(seen.head == 0 || heads.contains { $0.head.size == seen.head }, context)
                        #expect(try everything(seen) == Array(leader.records[..<Int(seen.head)]), context)
                    }
                    let follower = try leader.newFollower(left)
                    let (head, epoch) = try leader.head()
                    #expect(try follower.follow(to: head, epoch: epoch, from: leader.source), context)
                    #expect(try read(left) == leader.records, context)
                } catch {
                    Issue.record("\(context): \(error)")
                }
            }
        }
        print("\(whole.operations) operations, \(cases) crashes")
    }
}
