import GRDB
public import TransitModel

/// Suspected detours of which dispatchers want to hear no more while they last.
public struct DetourStore: Sendable {
    private let database: Database

    /// Opens the store of a database.
    public init(_ database: Database) { self.database = database }

    /// Keeps that a detour is dismissed.
    public func dismiss(_ id: String, at now: Timestamp) throws(StorageFault) {
        try database.write { db in
            try db.execute(
                sql: "INSERT OR REPLACE INTO dismissed_detours VALUES (?, ?)",
                arguments: [id, now.seconds])
        }
    }

    /// Those dismissed, by id, and when.
    public func dismissed() throws(StorageFault) -> [String: Timestamp] {
        try database.read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT id, dismissed_at FROM dismissed_detours")
            return Dictionary(
                rows.map { ($0[0] as String, Timestamp($0[1] as Double)) },
                uniquingKeysWith: max)
        }
    }

    /// Forgets detours that are over: the next at the same place is another.
    public func forget(_ ids: some Sequence<String>) throws(StorageFault) {
        let ids = Array(ids)
        try database.write { db in
            for id in ids {
                try db.execute(
                    sql: "DELETE FROM dismissed_detours WHERE id = ?", arguments: [id])
            }
        }
    }
}
