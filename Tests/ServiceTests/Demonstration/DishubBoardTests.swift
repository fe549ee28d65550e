import Geometry
import Ingestion
import Testing
import TransitModel

@testable import Service

@Suite struct `A Dishub board` {
    private let nine = LoopbackTown.nine

    private func ping(_ id: String, _ second: Double) -> Ping {
        Ping(
            vehicleID: id,
            timestamp: nine + second,
            receivedAt: nine + second,
            coordinate: Coordinate(latitude: -0.93, longitude: 100.39)
        )
    }

    private func decoded(_ frame: String?) -> [String: Double] {
        var decoder = DishubDecoder()
        let pings = decoder.decode(frame ?? "", receivedAt: nine + 60).pings
        return Dictionary(uniqueKeysWithValues: pings.map { ($0.vehicleID, $0.timestamp - nine) })
    }

    @Test func `every frame shows the newest fix of every bus`() {
        var board = DishubBoard(interval: 2)
        for (id, second) in [("1", 3.0), ("2", 1), ("1", 2), ("2", 4)] {
            board.show(ping(id, second))
        }
        #expect(decoded(board.frame(at: nine + 5)) == ["1": 3, "2": 4])
        #expect(decoded(board.frame(at: nine + 7)) == ["1": 3, "2": 4])
    }

    @Test func `frames keep their distance`() {
        var board = DishubBoard(interval: 2)
        let due = stride(from: 0.0, to: 5, by: 0.5).filter { board.frame(at: nine + $0) != nil }
        #expect(due == [0, 2, 4])
    }
}
