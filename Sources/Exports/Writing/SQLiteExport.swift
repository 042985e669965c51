package import Ledger

import GRDB

/// Writes the tables and views as an SQLite database: a read model, made anew each time.
package enum SQLiteExport {
    /// Marks the file as ours: the letters TrLg.
    package static let applicationID: Int32 = 0x5472_4C67

    /// Writes the database under another name and gives it its own when it is complete. The same ledger, point and
    /// rulebook come to the same bytes, with the same version of SQLite.
    ///
    /// - Throws: `notCreated` with what the database or the system says; what stood there still does.
    package static func write(_ source: ExportSource, to place: ExportPlace) throws(LedgerError) {
        try place.makeFile()
        do {
            let queue = try DatabaseQueue(path: place.temporary, configuration: configuration)
            try queue.write { database in
                try makeSchema(in: database)
                for table in ExportSchema.tables { try fill(table, from: source, in: database) }
            }
            try queue.close()
            try place.publish()
        } catch {
            place.discard()
            throw error as? LedgerError ?? .notCreated("\(place.path): \(error)")
        }
    }

    /// Nobody sees the file before it is complete, so nothing of it has to survive a crash.
    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        }
        return configuration
    }

    private static func makeSchema(in database: Database) throws {
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(ExportSchema.version)")
        for table in ExportSchema.tables { try database.execute(sql: table.statement) }
        for view in ExportSchema.views { try database.execute(sql: view.statement) }
    }

    private static func fill(_ table: ExportTable, from source: ExportSource, in database: Database) throws {
        let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try database.makeStatement(sql: "INSERT INTO \(table.name) VALUES (\(marks))")
        try table.forEachRow(of: source) { cells throws(LedgerError) in
            do {
                try statement.execute(arguments: StatementArguments(cells.map(\.value)))
            } catch {
                throw .notCreated("table \(table.name): \(error)")
            }
        }
    }
}

extension ExportCell {
    /// The value as the database takes it.
    fileprivate var value: (any DatabaseValueConvertible)? {
        switch self {
        case .null: nil
        case .integer(let number): number
        case .text(let text): text
        }
    }
}
