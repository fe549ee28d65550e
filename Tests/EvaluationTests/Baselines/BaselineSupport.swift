import Testing
import TransitModel

@testable import Evaluation

extension Street {
    /// What a bus of one trip reports, so many seconds late throughout.
    func pings(of index: Int, late: Double = 0) -> [Ping] {
        pings().filter { $0.vehicleID == vehicle(index) }.map { ping in
            var ping = ping
            ping.timestamp = ping.timestamp + late
            ping.receivedAt = ping.timestamp
            return ping
        }
    }

    /// The runs of all trips.
    func roster() throws -> RunRoster { RunRoster(pings(), on: try network()) }

    /// The run of one trip.
    func run(_ index: Int = 0) throws -> ScheduledRun { try roster().runs[index] }
}
