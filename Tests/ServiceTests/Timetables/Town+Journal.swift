import GRDB

@testable import Service
@testable import Storage

extension Town {
    /// Takes away the journal, without which no timetable can be put in force.
    func loseJournal() throws { try execute("ALTER TABLE pings RENAME TO lost_pings") }

    /// Gives it back.
    func findJournal() throws { try execute("ALTER TABLE lost_pings RENAME TO pings") }

    private func execute(_ sql: String) throws {
        try live.stores.database.write { try $0.execute(sql: sql) }
    }
}
