import Foundation

/// The bytes of every file below some paths, to be put back.
struct Snapshot {
    private let roots: [String]
    private let contents: [String: [UInt8]]

    /// - Parameter roots: directories and files.
    init(of roots: [String]) throws {
        self.roots = roots
        var contents: [String: [UInt8]] = [:]
        for path in try Self.files(roots) { contents[path] = try Self.read(path) }
        self.contents = contents
    }

    /// The files in the order of their names, with their lengths in bytes.
    var files: [(path: String, length: Int)] {
        contents.map { ($0.key, $0.value.count) }.sorted { $0.0 < $1.0 }
    }

    /// Flips one bit of a file, in its place: it keeps its mode.
    func flip(_ bit: Int, of path: String) throws {
        guard var bytes = contents[path] else { throw BitError("\(path) is not known") }
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        try Self.write(bytes, to: path)
    }

    /// Puts every file back as it was and removes what came since.
    func restore() throws {
        for path in try Self.files(roots) where contents[path] == nil {
            try FileManager.default.removeItem(atPath: path)
        }
        for (path, bytes) in contents where (try? Self.read(path)) != bytes { try Self.write(bytes, to: path) }
    }

    private static func read(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
            return
        }
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        defer { try? handle.close() }
        try handle.truncate(atOffset: UInt64(bytes.count))
        try handle.seek(toOffset: 0)
        try handle.write(contentsOf: bytes)
    }

    private static func files(_ roots: [String]) throws -> [String] {
        var found: [String] = []
        for root in roots {
            let inner = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
            for path in inner.map({ "\(root)/\($0)" }) + [root] {
                var isDirectory: ObjCBool = false
                guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue
                else { continue }
                found.append(path)
            }
        }
        return found
    }
}
