import GRDB
import Geometry
import Testing
import TransitModel

@testable import Storage

@Suite struct `Ping journal` {
    let scratch: Scratch
    let journal: PingJournal

    init() throws {
        scratch = try Scratch()
        journal = PingJournal(try scratch.database())
    }

    private func all() throws -> [Ping] { try journal.pings(takenSince: Timestamp(0)) }

    @Test func `every field comes back as it was`() throws {
        let full = Ping(
            vehicleID: "046",
            timestamp: Timestamp(1_782_086_400.125),
            receivedAt: Timestamp(1_782_086_401.5),
            coordinate: Coordinate(latitude: -0.934401, longitude: 100.398153),
            speed: 7.5,
            bearing: 0,
            accuracy: 4,
            routeID: "K6",
            directionID: 0,
            directionText: "Unand",
            tripID: "K6-0600",
            occupancy: .fewSeatsAvailable
        )
        try journal.append([full, ping("7", at: 0)])
        #expect(try all() == [ping("7", at: 0), full])
    }

    @Test func `a ping that came before is a duplicate and changes nothing`() throws {
        #expect(try journal.append([ping("46", at: 0), ping("46", at: 1)]) == [true, true])
        var again = ping("46", at: 1, receivedAt: 99)
        again.speed = 3
        #expect(try journal.append([again, ping("7", at: 1)]) == [false, true])
        #expect(try all().count == 3)
        #expect(try !all().contains(again))
    }

    @Test func `a ping twice in one batch is a duplicate once`() throws {
        #expect(try journal.append([ping("46", at: 0), ping("46", at: 0)]) == [true, false])
    }

    @Test func `no pings are no transaction`() throws {
        #expect(try journal.append([]) == [])
    }

    @Test func `pings come in the order taken, however they came, and then by vehicle`() throws {
        let late = ping("a", at: 3, receivedAt: 100)
        let burst = [9.0, 3, 7].map { ping("b", at: $0, receivedAt: 50) }
        try journal.append(burst + [late])
        #expect(try all() == [late, burst[1], burst[2], burst[0]])
    }

    @Test func `since means from that very fix on`() throws {
        try journal.append([2.0, 0, 1].map { ping("46", at: $0, receivedAt: 9) })
        let since = ping("46", at: 1).timestamp
        #expect(
            try journal.pings(takenSince: since)
                == [1, 2].map { ping("46", at: $0, receivedAt: 9) })
    }

    @Test func `what was written after a row comes in the order written`() throws {
        try journal.append([ping("46", at: 5)])
        let row = try journal.forEachPing(takenSince: Timestamp(1e12)) { _ in }
        try journal.append([ping("46", at: 9), ping("46", at: 7)])
        #expect(try journal.pings(after: row) == [ping("46", at: 9), ping("46", at: 7)])
    }

    @Test func `a text of any kind comes back as it was`() throws {
        var odd = ping("", at: 1)
        odd.directionText = "Terminal Anak Air → Pasar Raya 🚌"
        odd.routeID = ""
        try journal.append([odd])
        #expect(try all() == [odd])
    }

    @Test func `a number that is none is refused before anything is written`() throws {
        var broken = ping("46", at: 1)
        broken.coordinate.latitude = .nan
        let fault = #expect(throws: StorageFault.self) {
            try journal.append([ping("46", at: 0), broken])
        }
        #expect(fault?.kind == .refused)
        #expect(try all().isEmpty)
    }

    @Test func `an id that looks like SQL is an id`() throws {
        let odd = ping("46'; DROP TABLE pings; --", at: 0)
        try journal.append([odd])
        #expect(try all() == [odd])
    }

    @Test func `pruning forgets what was taken before, however much`() throws {
        try journal.append((0..<12_000).map { ping("46", at: Double($0)) })
        #expect(try journal.prune(before: ping("46", at: 11_999).timestamp) == 11_999)
        #expect(try all() == [ping("46", at: 11_999)])
    }

    @Test func `the space of pruned pings is used again`() throws {
        let day = (0..<5000).map { ping("46", at: Double($0)) }
        try journal.append(day)
        let pages = try pageCount()
        for round in 1...5 {
            try journal.prune(before: Timestamp(1e12))
            try journal.append(day.map { ping("46", at: $0.timestamp.seconds + Double(round)) })
        }
        #expect(try pageCount() <= pages + pages / 10)
    }

    @Test(arguments: 0..<50)
    func `shuffled, repeated and cut into batches, the same pings are kept`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pings = (0..<40).flatMap { bus in
            (0..<25).map { ping("bus \(bus)", at: Double($0) / 3, receivedAt: 10) }
        }
        var sent = (pings + pings.prefix(300)).shuffled(using: &generator)
        var fresh = 0
        while !sent.isEmpty {
            let batch = Array(sent.prefix(Int.random(in: 1...200, using: &generator)))
            sent.removeFirst(batch.count)
            fresh += try journal.append(batch).count { $0 }
        }
        #expect(fresh == 1000, "seed \(seed)")
        #expect(Set(try all()) == Set(pings), "seed \(seed)")
    }

    private func pageCount() throws -> Int {
        let database = try scratch.database()
        return try database.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
    }
}
