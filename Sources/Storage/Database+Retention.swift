import GRDB
import TransitModel

extension Database {
    /// How many rows one transaction of a pruning deletes.
    static let rowsPrunedAtOnce = 5_000

    /// Deletes the rows of a table whose time is before a limit and answers how many they were.
    func prune(
        table: String,
        where column: String,
        isBefore limit: Timestamp
    ) throws(StorageFault) -> Int {
        let deletion = """
            DELETE FROM \(table) WHERE id IN
            (SELECT id FROM \(table) WHERE \(column) < ? LIMIT \(Self.rowsPrunedAtOnce))
            """
        var total = 0
        while true {
            let count = try write { db in
                try db.execute(sql: deletion, arguments: [limit.seconds])
                return db.changesCount
            }
            total += count
            if count < Self.rowsPrunedAtOnce { return total }
        }
    }
}
