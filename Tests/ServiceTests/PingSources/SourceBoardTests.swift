import Feeds
import Testing
import TransitModel

@testable import Service

@Suite struct `The board of sources` {
    private struct Still: PingSource {
        let name: String
        var figures = SourceFigures()

        func run(into sink: @escaping @Sendable ([Ping]) async throws -> Void) async throws {}
    }

    private let book = LogBook()

    private var board: SourceBoard {
        let board = SourceBoard()
        var busy = SourceFigures()
        busy.isConnected = true
        busy.connections = 2
        busy.messages = 5
        busy.pings = 4
        busy.lastMessageAt = Timestamp(unix: 90)
        busy.notices = ["missing": 1, "repeated": 3]
        busy.faults = ["closed": 1]
        board.show([Still(name: "positions", figures: busy), Still(name: "mqtt")])
        return board
    }

    @Test func `shows each source under its name in /metrics`() {
        var text = MetricsText()
        text.add(board.figures, at: Timestamp(unix: 100))
        for line in [
            #"transpadang_source_connected{source="positions"} 1.0"#,
            #"transpadang_source_connected{source="mqtt"} 0.0"#,
            #"transpadang_source_connections_total{source="positions"} 2.0"#,
            #"transpadang_source_messages_total{source="positions"} 5.0"#,
            #"transpadang_source_pings_total{source="positions"} 4.0"#,
            #"transpadang_source_lost_pings_total{source="mqtt"} 0.0"#,
            #"transpadang_source_last_message_age_seconds{source="positions"} 10.0"#,
            #"transpadang_source_notices_total{source="positions",notice="repeated"} 3.0"#,
            #"transpadang_source_faults_total{source="positions",fault="closed"} 1.0"#,
        ] {
            #expect(text.text.contains(line + "\n"), "\(line)")
        }
        #expect(!text.text.contains(#"age_seconds{source="mqtt"}"#))
    }

    @Test func `says nothing where there are none`() {
        var text = MetricsText()
        text.add(SourceBoard().figures, at: Timestamp(unix: 100))
        #expect(text.text.isEmpty)
        #expect(SourceBoard().status(at: Timestamp(unix: 100)) == [])
    }

    @Test func `tells the status of each`() {
        let status = board.status(at: Timestamp(unix: 100))
        #expect(status.map(\.name) == ["positions", "mqtt"])
        #expect(status.map(\.isConnected) == [true, false])
        #expect(status.map(\.lastMessageAgeS) == [10, nil])
        #expect(status[0].notices == ["missing": 1, "repeated": 3])
        #expect(status[0].faults == ["closed": 1])
    }

    @Test func `two sources of one name are refused`() {
        let address = SourceAddress(name: "positions", url: "https://a.example/v.pb")
        let fault = #expect(throws: ServiceFault.self) {
            try SourceBoard.sources(
                at: [address, address], now: { Timestamp(unix: 0) }, logger: book.logger)
        }
        #expect(fault?.description.contains("positions-2") == true)
    }

    @Test func `sources are made in the order of their addresses`() throws {
        let sources = try SourceBoard.sources(
            at: [
                SourceAddress(name: "positions-2", url: "https://a.example/v.pb"),
                SourceAddress(name: "mqtt", url: "mqtt://a.example/buses/+"),
            ], now: { Timestamp(unix: 0) }, logger: book.logger)
        #expect(sources.map(\.name) == ["positions-2", "mqtt"])
    }
}
