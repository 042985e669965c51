internal import CFileSpace
internal import Glibc

/// The operating system's files (Linux).
package struct RealFileSystem: FileSystem {
    /// An open file descriptor and the path it was opened by, for messages.
    package struct File: Sendable {
        let descriptor: Int32
        let path: String
    }

    package init() {}

    package func open(_ path: String, _ access: FileAccess) throws(LogError) -> File {
        let flags: Int32 =
            switch access {
            case .read: O_RDONLY
            case .readWrite: O_RDWR
            case .create: O_RDWR | O_CREAT | O_EXCL
            }
        // A pipe in the place of a file must not make the program wait for whoever writes into it.
        let descriptor = try retrying("open", path) { Glibc.open(path, flags | O_CLOEXEC | O_NONBLOCK, 0o644) }
        let file = File(descriptor: descriptor, path: path)
        var status = stat()
        guard fstat(descriptor, &status) == 0, [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
            close(file)
            throw LogError(.damaged, "\(path) is neither a file nor a directory")
        }
        return file
    }

    package func close(_ file: File) {
        // On Linux the descriptor is gone whatever close returns; trying again could close another's.
        _ = Glibc.close(file.descriptor)
    }

    package func size(_ file: File) throws(LogError) -> UInt64 {
        var status = stat()
        _ = try retrying("examine", file.path) { fstat(file.descriptor, &status) }
        return UInt64(status.st_size)
    }

    package func read(
        _ file: File, into memory: UnsafeMutableRawBufferPointer, at offset: UInt64
    ) throws(LogError) -> Int {
        guard let start = memory.baseAddress else { return 0 }
        var done = 0
        while done < memory.count {
            let count = try retrying("read", file.path) {
                pread(file.descriptor, start + done, memory.count - done, off_t(offset) + off_t(done))
            }
            if count == 0 { break }
            done += count
        }
        return done
    }

    package func write(_ file: File, _ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(LogError) {
        guard let start = bytes.baseAddress else { return }
        var done = 0
        while done < bytes.count {
            let count = try retrying("write", file.path) {
                pwrite(file.descriptor, start + done, bytes.count - done, off_t(offset) + off_t(done))
            }
            if count == 0 { throw LogError.system(EIO, "write", file.path) }
            done += count
        }
    }

    package func truncate(_ file: File, to size: UInt64) throws(LogError) {
        _ = try retrying("truncate", file.path) { ftruncate(file.descriptor, off_t(size)) }
    }

    package func reserve(_ file: File, upTo end: UInt64) throws(LogError) {
        let failure = trainledger_reserve(file.descriptor, Int64(end))
        if failure == 0 || failure == EOPNOTSUPP || failure == ENOSYS { return }
        throw LogError.system(failure, "reserve space for", file.path)
    }

    package func synchroniseData(_ file: File) throws(LogError) {
        // EINTR is tried again nowhere here: after any failed sync the state of the pages is unknown.
        if fdatasync(file.descriptor) != 0 { throw LogError.system(errno, "synchronise", file.path) }
    }

    package func synchroniseAll(_ file: File) throws(LogError) {
        if fsync(file.descriptor) != 0 { throw LogError.system(errno, "synchronise", file.path) }
    }

    package func lock(_ file: File) throws(LogError) -> Bool {
        var request = flock()
        request.l_type = Int16(F_WRLCK)
        request.l_whence = Int16(SEEK_SET)
        // A child that another thread has just forked holds our closed files until it calls exec: a moment's
        // patience tells it from a living writer.
        var patience = 50
        while fcntl(file.descriptor, setOpenFileLock, &request) != 0 {
            if errno == EINTR { continue }
            if errno == EAGAIN || errno == EACCES {
                if patience == 0 { return false }
                patience -= 1
                usleep(20_000)
                continue
            }
            throw LogError.system(errno, "lock", file.path)
        }
        return true
    }

    package func isLocked(_ file: File) throws(LogError) -> Bool {
        var request = flock()
        request.l_type = Int16(F_RDLCK)
        request.l_whence = Int16(SEEK_SET)
        _ = try retrying("look at the lock of", file.path) { fcntl(file.descriptor, getOpenFileLock, &request) }
        return request.l_type != Int16(F_UNLCK)
    }

    package func rename(_ path: String, to newPath: String) throws(LogError) {
        _ = try retrying("rename", path) { Glibc.rename(path, newPath) }
    }

    package func remove(_ path: String) throws(LogError) {
        _ = try retrying("remove", path) { unlink(path) }
    }

    package func makeDirectory(_ path: String) throws(LogError) {
        _ = try retrying("make directory", path) { mkdir(path, 0o755) }
    }

    package func list(_ path: String) throws(LogError) -> [String] {
        guard let directory = opendir(path) else { throw LogError.system(errno, "list", path) }
        defer { closedir(directory) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(directory) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        if errno != 0 { throw LogError.system(errno, "list", path) }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package func synchroniseDirectory(_ path: String) throws(LogError) {
        let descriptor = try retrying("open", path) { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        defer { _ = Glibc.close(descriptor) }
        if fsync(descriptor) != 0 { throw LogError.system(errno, "synchronise", path) }
    }

    package func random(into memory: UnsafeMutableRawBufferPointer) throws(LogError) {
        guard getentropy(memory.baseAddress, memory.count) == 0 else {
            throw LogError.system(errno, "draw random bytes from", "the system")
        }
    }

    /// Calls until the answer is not EINTR; a negative answer becomes an error.
    private func retrying<N: SignedInteger>(
        _ operation: String, _ path: String, _ call: () -> N
    ) throws(LogError) -> N {
        while true {
            let answer = call()
            if answer >= 0 { return answer }
            if errno != EINTR { throw LogError.system(errno, operation, path) }
        }
    }
}

// linux/fcntl.h. Open-file locks, unlike flock, can be asked about without being taken.
private let getOpenFileLock: Int32 = 36
private let setOpenFileLock: Int32 = 37
