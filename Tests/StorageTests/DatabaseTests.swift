import Foundation
import GRDB
import Testing
import TransitModel

@testable import Storage

@Suite struct `Database file` {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `a directory that is not there is made`() throws {
        let database = try Storage.Database(directory: scratch.file("deep/down"))
        #expect(database.path == scratch.file("deep/down/transpadang.db"))
        #expect(FileManager.default.fileExists(atPath: database.path))
    }

    @Test func `commits are in the write-ahead log and fully synced`() throws {
        let settings = try scratch.database().write { db in
            try ["journal_mode", "synchronous", "foreign_keys"].map {
                try String.fetchOne(db, sql: "SELECT CAST(\($0) AS TEXT) FROM pragma_\($0)")
            }
        }
        #expect(settings == ["wal", "2", "1"])
    }

    @Test func `every table is strict`() throws {
        let loose = try scratch.database().read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0
                    AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
                    """
            )
        }
        #expect(loose == [])
    }

    @Test func `what was written is there when it is opened again`() throws {
        let first = try scratch.database()
        try PingJournal(first).append([ping("46", at: 0)])
        try first.close()
        let again = try PingJournal(scratch.database()).pings(takenSince: Timestamp(0))
        #expect(again == [ping("46", at: 0)])
    }

    @Test func `what was written is in the file itself once it is closed`() throws {
        let first = try scratch.database()
        try PingJournal(first).append([ping("46", at: 0)])
        _ = try PingJournal(first).pings(takenSince: Timestamp(0))
        try first.close()
        let log = (try? Data(contentsOf: URL(filePath: first.path + "-wal"))) ?? Data()
        #expect(log.isEmpty)
        let alone = scratch.file("alone.db")
        try FileManager.default.copyItem(atPath: first.path, toPath: alone)
        let kept = try PingJournal(Storage.Database(file: alone))
        #expect(try kept.pings(takenSince: Timestamp(0)) == [ping("46", at: 0)])
    }

    @Test func `a reader elsewhere does not keep it from closing`() throws {
        let first = try scratch.database()
        let second = try scratch.database()
        try PingJournal(first).append([ping("46", at: 0)])
        try second.read { db in
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM pings")
            try PingJournal(first).append([ping("46", at: 1)])
            try first.close()
        }
        #expect(try PingJournal(second).pings(takenSince: Timestamp(0)).count == 2)
    }

    @Test func `two may have it open at once`() throws {
        let service = PingJournal(try scratch.database())
        let commandLine = PingJournal(try scratch.database())
        try service.append([ping("46", at: 0)])
        try commandLine.append([ping("46", at: 1)])
        #expect(try service.pings(takenSince: Timestamp(0)).count == 2)
    }

    @Test func `a place that cannot be written is named with a hint`() throws {
        let file = scratch.file("file")
        try Data("x".utf8).write(to: URL(filePath: file))
        let fault = #expect(throws: StorageFault.self) {
            try Storage.Database(directory: file + "/below")
        }
        #expect(fault?.kind == .unwritable)
        #expect(fault?.description.contains("choose another --data") == true)
    }

    @Test func `a directory in the place of the file is named with a hint`() throws {
        let fault = #expect(throws: StorageFault.self) {
            try Storage.Database(file: scratch.path)
        }
        #expect(fault?.kind == .unwritable)
    }

    @Test func `a file that is no database is refused and left alone`() throws {
        let text = Data(String(repeating: "this is a letter, ", count: 500).utf8)
        try text.write(to: URL(filePath: scratch.file("transpadang.db")))
        let fault = #expect(throws: StorageFault.self) { try scratch.database() }
        #expect(fault?.kind == .notDatabase)
        #expect(fault?.description.contains("\n") == false)
        #expect(try Data(contentsOf: URL(filePath: scratch.file("transpadang.db"))) == text)
    }

    @Test func `a database of a newer version is refused`() throws {
        let database = try scratch.database()
        try database.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 wonders')")
        }
        try database.close()
        let fault = #expect(throws: StorageFault.self) { try scratch.database() }
        #expect(fault?.kind == .newerVersion)
    }

    @Test(arguments: 0..<40)
    func `a damaged file gives answers or faults, never a crash`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let database = try scratch.database()
        try PingJournal(database).append((0..<500).map { ping("46", at: Double($0)) })
        try database.close()
        let url = URL(filePath: scratch.file("transpadang.db"))
        var bytes = try Data(contentsOf: url)
        for _ in 0..<200 {
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
                UInt8.random(in: 0...255, using: &generator)
        }
        try bytes.write(to: url)
        do throws(StorageFault) {
            let journal = PingJournal(try Storage.Database(directory: scratch.path))
            _ = try journal.pings(takenSince: Timestamp(0))
        } catch {
            // The damage may lie in the list of what the file's tables have been through.
            let kinds: Set<StorageFault.Kind> = [.notDatabase, .failed, .newerVersion]
            #expect(kinds.contains(error.kind), "seed \(seed): \(error)")
        }
        #expect(FileManager.default.fileExists(atPath: url.path))
    }

    @Test func `a full disk is called so and forgotten when there is room again`() throws {
        let database = try scratch.database()
        let journal = PingJournal(database)
        try setPages(database, to: 1)
        let fault = #expect(throws: StorageFault.self) {
            try journal.append((0..<5000).map { ping("46", at: Double($0)) })
        }
        #expect(fault?.kind == .diskFull)
        #expect(try journal.pings(takenSince: Timestamp(0)).isEmpty)
        try setPages(database, to: 1_000_000)
        #expect(try journal.append([ping("46", at: 0)]) == [true])
    }

    private func setPages(_ database: Storage.Database, to count: Int) throws {
        _ = try database.write { try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(count)") }
    }
}
