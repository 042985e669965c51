internal import Synchronization

// What a crash leaves, and direct hands on the stored bytes.
extension SimulatedFileSystem {
    /// The number of changes that a crash now could keep or lose, each by itself.
    package var unsyncedChanges: Int {
        state.withLock { disk in
            disk.pendingNames.count + disk.inodes.reduce(0) { $0 + $1.pending.count }
        }
    }

    /// The disk as a crash now leaves it: each unsynced change is asked for, in order, by its index, whether it
    /// reached the disk.
    package func afterCrash(keeping keeps: (Int) -> Bool) -> SimulatedFileSystem {
        let disk = state.withLock { $0 }
        return SimulatedFileSystem(disk.afterCrash(keeping: keeps))
    }

    /// The paths of all files, ascending.
    package var filePaths: [String] {
        state.withLock { disk in
            disk.names.filter { $0.value != .directory }.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
    }

    /// The content of a file; nil if there is none.
    package func bytes(of path: String) -> [UInt8]? {
        state.withLock { disk in
            guard case .file(let inode) = disk.names[path] else { return nil }
            return disk.inodes[inode].content
        }
    }

    /// Puts other content, durable at once, into a file: what rot, or a stranger, does.
    package func overwrite(_ path: String, with bytes: [UInt8]) {
        state.withLock { disk in
            guard case .file(let inode) = disk.names[path] else { preconditionFailure("no file \(path)") }
            disk.inodes[inode] = SimulatedInode(content: bytes, durable: bytes)
        }
    }

    /// Flips one bit of a file, durable at once.
    package func flip(_ path: String, bit: Int) {
        state.withLock { disk in
            guard case .file(let inode) = disk.names[path] else { preconditionFailure("no file \(path)") }
            disk.inodes[inode].content[bit / 8] ^= 1 << (bit % 8)
            if bit / 8 < disk.inodes[inode].durable.count { disk.inodes[inode].durable[bit / 8] ^= 1 << (bit % 8) }
        }
    }

    /// Removes a file, durable at once.
    package func lose(_ path: String) {
        state.withLock { disk in
            disk.names[path] = nil
            disk.durableNames[path] = nil
        }
    }
}

extension SimulatedDisk {
    /// The disk after a crash; see the file system's method of this name.
    func afterCrash(keeping keeps: (Int) -> Bool) -> SimulatedDisk {
        var disk = reopened()
        var index = 0
        for number in disk.inodes.indices {
            var inode = SimulatedInode()
            inode.durable = inodes[number].durable
            for change in inodes[number].pending {
                if keeps(index) { SimulatedInode.apply(change.kind, to: &inode.durable) }
                index += 1
            }
            inode.content = inode.durable
            disk.inodes[number] = inode
        }
        for change in pendingNames {
            if keeps(index) { Self.apply(change, to: &disk.durableNames) }
            index += 1
        }
        // A name whose directory did not survive is out of reach.
        for path in disk.durableNames.keys {
            var parent = path
            while parent != "/" {
                parent = Self.parent(parent)
                if disk.durableNames[parent] != .directory { disk.durableNames[path] = nil }
            }
        }
        disk.names = disk.durableNames
        disk.pendingNames = []
        return disk
    }
}
