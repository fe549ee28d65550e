import CAllocations
import ETAEngine
import Measuring
import TransitModel

/// One replay: after each ping, all stops ahead of its vehicle are foretold.
struct EnginePass {
    /// What was done in one part of the replay.
    struct Part {
        var pings = 0
        var seconds = 0.0
        var predictions = 0
        var stopPredictions = 0
        var matched = 0
        var accepted = 0
        var stopEvents = 0
        /// Changes with each time foretold.
        var checksum = 0.0
        /// Bytes that the engine holds at the end of the part.
        var memory = 0
    }

    private(set) var parts: [Part] = []
    private(set) var engine: Engine

    /// Pings between two times that observed calls are taken away, as the service does now and then.
    private static let batch = 1000

    init(_ network: Network, _ pings: [Ping], parts count: Int = 1) {
        let before = Int(allocated_bytes())
        engine = Engine(network: network)
        for part in 0..<count {
            let range = pings.count * part / count..<pings.count * (part + 1) / count
            var done = replay(pings[range])
            done.memory = Int(allocated_bytes()) - before
            parts.append(done)
        }
    }

    var whole: Part {
        parts.reduce(into: Part()) { sum, part in
            sum.pings += part.pings
            sum.seconds += part.seconds
            sum.predictions += part.predictions
            sum.stopPredictions += part.stopPredictions
            sum.matched += part.matched
            sum.accepted += part.accepted
            sum.stopEvents += part.stopEvents
            sum.checksum += part.checksum
            sum.memory = part.memory
        }
    }

    private mutating func replay(_ pings: ArraySlice<Ping>) -> Part {
        var part = Part()
        let counts = engine.counts
        let start = processorSeconds()
        for ping in pings {
            engine.receive(ping)
            part.pings += 1
            if let trip = engine.prediction(of: ping.vehicleID, at: ping.receivedAt) {
                part.predictions += 1
                part.stopPredictions += trip.stops.count
                for stop in trip.stops { part.checksum += stop.arrival - ping.receivedAt }
            }
            if part.pings % Self.batch == 0 { part.stopEvents += engine.takeStopEvents().count }
        }
        part.stopEvents += engine.takeStopEvents().count
        part.seconds = processorSeconds() - start
        part.matched = engine.counts.matched - counts.matched
        part.accepted = engine.counts.accepted - counts.accepted
        return part
    }
}
