import Ingestion
import Testing
import TransitModel

@testable import Service

@Suite struct `A source's tally` {
    private let book = LogBook()
    private var tally: SourceTally { SourceTally(name: "feed", logger: book.logger) }

    private let refused = SourceFault(.refused, "no entry")
    private let missing = PingFault(.missing, "lat is missing")

    @Test func `counts what a source meets`() {
        let tally = tally
        tally.connected(to: "here")
        tally.connected(to: "here")
        tally.heard(3, at: Timestamp(unix: 5))
        tally.kept(2)
        tally.lost(1)
        tally.count("repeated", 4)
        tally.count("duplicate", 0)
        tally.note([missing, missing, PingFault(.otherVehicle, "not yours")])
        var figures = SourceFigures()
        figures.isConnected = true
        figures.connections = 1
        figures.messages = 3
        figures.lastMessageAt = Timestamp(unix: 5)
        figures.pings = 2
        figures.lostPings = 1
        figures.notices = ["repeated": 4, "missing": 2, "other_vehicle": 1]
        #expect(tally.figures == figures)
        tally.failed(refused, pause: .seconds(2))
        figures.isConnected = false
        figures.faults = ["refused": 1]
        #expect(tally.figures == figures)
    }

    @Test func `logs a kind of fault once, and again after a good time`() {
        let tally = tally
        for _ in 0..<3 { tally.failed(refused, pause: .seconds(2)) }
        #expect(book.lines == ["feed: no entry; trying again in 2 s"])
        tally.failed(SourceFault(.closed, "gone"), pause: .seconds(3))
        #expect(book.lines.last == "feed: gone; trying again in 3 s")
        tally.failed(refused, pause: .seconds(2))
        #expect(book.lines.count == 3)
        tally.connected(to: "here")
        tally.failed(refused, pause: .seconds(2))
        #expect(book.lines.count == 4)
        tally.connected(to: "here", isProof: false)
        tally.failed(refused, pause: .seconds(2))
        #expect(book.lines.count == 4)
        tally.proved()
        tally.failed(refused, pause: .seconds(2))
        #expect(book.lines.count == 5)
    }

    @Test func `logs an oddity once a connection`() {
        let tally = tally
        tally.connected(to: "here")
        for _ in 0..<3 { tally.note([missing]) }
        #expect(book.lines == ["feed: lat is missing"])
        tally.disconnected()
        tally.connected(to: "here")
        tally.note([missing])
        #expect(book.lines.count == 2)
    }
}
