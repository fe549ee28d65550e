import Geometry
import Testing
import TransitModel

@testable import Service

@Suite struct `A backlog of pings` {
    private func ping(_ second: Int) -> Ping {
        Ping(
            vehicleID: "7",
            timestamp: Timestamp(Double(second)),
            receivedAt: Timestamp(0),
            coordinate: Coordinate(latitude: -0.9, longitude: 100.4)
        )
    }

    private func seconds(_ pings: [Ping]?) -> [Int]? { pings?.map { Int($0.timestamp.unix) } }

    @Test func `hands pings over oldest first in small batches`() {
        var backlog = PingBacklog(batchSize: 3)
        for second in 1...4 { backlog.add(ping(second)) }
        #expect(seconds(backlog.batch()) == [1, 2, 3])
        backlog.settle()
        #expect(seconds(backlog.batch()) == [4])
        backlog.settle()
        #expect(backlog.batch() == nil)
    }

    @Test func `keeps a batch until it is settled`() {
        var backlog = PingBacklog(batchSize: 2)
        for second in 1...3 { backlog.add(ping(second)) }
        #expect(seconds(backlog.batch()) == [1, 2])
        #expect(seconds(backlog.batch()) == [1, 2])
    }

    @Test func `what comes while a batch is under way stays`() {
        var backlog = PingBacklog()
        backlog.add(ping(1))
        _ = backlog.batch()
        backlog.add(ping(2))
        backlog.settle()
        #expect(seconds(backlog.batch()) == [2])
    }

    @Test func `the oldest give way, and no ping is settled unsent`() {
        var backlog = PingBacklog(limit: 3, batchSize: 2)
        for second in 1...3 { backlog.add(ping(second)) }
        #expect(seconds(backlog.batch()) == [1, 2])
        backlog.add(ping(4))
        backlog.settle()
        #expect(seconds(backlog.batch()) == [3, 4])
    }
}
