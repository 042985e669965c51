import EventLog
import LedgerTestKit
import Testing

/// The file `writer` says who may write.
struct WriterRuleTests {
    private func ledger() throws -> SimulatedFileSystem {
        let files = SimulatedFileSystem()
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        _ = try writer.append(sampleRecords(0..<4))
        try writer.close()
        return files
    }

    @Test func `a copy that follows takes no writer until it is promoted`() throws {
        let leader = try Leader()
        try leader.append(4)
        let copy = SimulatedFileSystem()
        let (head, epoch) = try leader.head()
        do {
            let follower = try leader.newFollower(copy)
            #expect(try follower.follow(to: head, epoch: epoch, from: leader.source))
        }
        #expect(throws: LogError(.notTheWriter, "")) { try SimulatedWriter(opening: copyPath, files: copy) }
        #expect(throws: LogError(.notTheWriter, "")) { try SimulatedWriter(opening: copyPath, files: copy, epoch: 99) }
        try LogFollower(opening: copyPath, files: copy).promote()
        let writer = try SimulatedWriter(opening: copyPath, files: copy)
        #expect(writer.head == 4)
        #expect(try publishedEpoch(of: copyPath, files: copy) > epoch)
        _ = try writer.append(sampleRecords(4..<5))
        try writer.close()
        #expect(try read(copy) == leader.records + sampleRecords(4..<5))
    }

    @Test func `a copy is promoted wherever its leader stopped, and at every operation of it`() throws {
        let seed = testSeed()
        for round in UInt64(0)..<30 {
            var chance = SeededGenerator(seed &+ round)
            let leader = try Leader()
            let copy = SimulatedFileSystem()
            do {
                let follower = try leader.newFollower(copy)
                for _ in 0..<chance.next() % 4 {
                    try leader.doSomething(&chance)
                    let (head, epoch) = try leader.head()
                    _ = try follower.follow(to: head, epoch: epoch, from: leader.source)
                }
                // A head from before the leader sealed what it has written since.
                let (head, epoch) = try leader.head()
                if chance.next() % 2 == 0 {
                    try leader.append(1 + chance.next() % 20)
                    try leader.beginPartAndSeal()
                    _ = try follower.follow(to: head, epoch: epoch, from: leader.source)
                }
            }
            let verified = try read(copy)
            let whole = copy.copy()
            try LogFollower(opening: copyPath, files: whole).promote()
            for operation in 1...max(1, whole.operations) {
                let crashed = copy.copy()
                crashed.crash(at: operation)
                try? LogFollower(opening: copyPath, files: crashed).promote()
                let left = crashed.afterCrash { _ in Bool.random(using: &chance) }
                if try WriterRule.read(in: copyPath, left) == .follower {
                    try LogFollower(opening: copyPath, files: left).promote()
                }
                let writer = try SimulatedWriter(opening: copyPath, files: left)
                #expect(writer.head == UInt64(verified.count), "round \(round), crash at \(operation)")
                _ = try writer.append(sampleRecords(900..<903))
                try writer.close()
                #expect(try read(left) == verified + sampleRecords(900..<903), "round \(round), crash at \(operation)")
                let damages = try verifyLog(directory: copyPath, files: left).damages
                #expect(damages.isEmpty, "round \(round), crash at \(operation): \(damages)")
            }
        }
    }

    @Test func `a ledger in its own right follows nobody`() throws {
        let files = try ledger()
        #expect(throws: LogError(.notTheWriter, "")) { try LogFollower(opening: ledgerPath, files: files) }
        #expect(throws: LogError(.alreadyExists, "")) {
            try LogFollower.create(
                directory: ledgerPath, ledgerID: EventLog.ledgerID(of: ledgerPath, files: files), version: 1,
                files: files)
        }
    }

    @Test func `under a lease only a later epoch writes`() throws {
        let files = try ledger()
        try WriterRule.set(.lease, in: ledgerPath, files)
        let last = try publishedEpoch(of: ledgerPath, files: files)
        #expect(throws: LogError(.notTheWriter, "")) { try SimulatedWriter(opening: ledgerPath, files: files) }
        #expect(throws: LogError(.notTheWriter, "")) {
            try SimulatedWriter(opening: ledgerPath, files: files, epoch: last)
        }
        let writer = try SimulatedWriter(opening: ledgerPath, files: files, epoch: last + 5)
        _ = try writer.append(sampleRecords(4..<6))
        try writer.close()
        #expect(try publishedEpoch(of: ledgerPath, files: files) == last + 5)
        #expect(throws: LogError(.notTheWriter, "")) {
            try SimulatedWriter(opening: ledgerPath, files: files, epoch: last + 5)
        }
    }

    @Test func `a bit of the rule changed is damage, and nobody writes`() throws {
        let files = try ledger()
        for rule in WriterRule.allCases {
            try WriterRule.set(rule, in: ledgerPath, files)
            let path = ledgerPath + "/" + WriterRule.fileName
            let length = try #require(files.bytes(of: path)).count
            for bit in 0..<8 * length {
                files.flip(path, bit: bit)
                #expect(throws: LogError(.damaged, "")) {
                    try SimulatedWriter(opening: ledgerPath, files: files, epoch: 99)
                }
                #expect(try verifyLog(directory: ledgerPath, files: files).damages.map(\.place.file) == ["writer"])
                files.flip(path, bit: bit)
            }
        }
    }

    @Test func `repair puts the rule that lets nobody write in the place of a damaged one`() throws {
        let files = try ledger()
        let reader = try SimulatedReader(opening: ledgerPath, files: files)
        _ = try LogCopy(of: reader, to: "/backup", files: files).run(upTo: 4)
        try WriterRule.set(.lease, in: ledgerPath, files)
        files.flip(ledgerPath + "/" + WriterRule.fileName, bit: 3)
        let mended = try LogRepair(of: ledgerPath, from: "/backup", files: files).run()
        #expect(mended.map(\.file) == ["writer"])
        #expect(try WriterRule.read(in: ledgerPath, files) == .follower)
        #expect(try verifyLog(directory: ledgerPath, files: files).damages.isEmpty)
        #expect(throws: LogError(.notTheWriter, "")) {
            try SimulatedWriter(opening: ledgerPath, files: files, epoch: 99)
        }
    }
}
