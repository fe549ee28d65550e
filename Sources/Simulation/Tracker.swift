import Geometry
import TransitModel

/// What a tracker could see at one moment.
struct Sighting: Sendable {
    var vehicleID: String
    var routeID: String
    var directionText: String
    var point: PlanePoint
    var speed: Double
    var bearing: Double
    var reception: Reception
    var state: VirtualBus.State
    var distanceAlong: Double?
    var pattern: PatternIndex?
    var trip: TripIndex?
}

/// The device on board: takes fixes now and then and sends them, well or badly.
struct Tracker: Sendable {
    /// A time without contact.
    private struct Gap: Sendable {
        var end: Timestamp
        var isBuffered: Bool
        var held = 0
    }

    private let faults: FleetFaults
    private let interval: Double
    private let measuresSpeed: Bool
    private let usualLatency: Double
    private var random: SeededGenerator
    private var nextReport: Timestamp
    private var nextGap: Timestamp
    private var gap: Gap?
    private var wasSilentPlace = false
    private var drift: Drift
    private var sign: DirectionSign
    private var last: SimulatedPing?

    init(faults: FleetFaults, start: Timestamp, seed: Seed) {
        var random = SeededGenerator(seed)
        self.faults = faults
        interval = random.uniform(5...15).rounded()
        measuresSpeed = !random.chance(faults.speedlessShare)
        let slowness = random.unit()
        let span = faults.latency.upperBound - faults.latency.lowerBound
        usualLatency = faults.latency.lowerBound + span * 0.4 * slowness * slowness
        nextReport = start + random.uniform(1...4).rounded()
        nextGap = start + random.exponential(mean: Self.mean(perHour: faults.gapsPerHour))
        drift = Drift()
        sign = DirectionSign(lag: faults.directionLag)
        self.random = random
    }

    /// Whether a report is due.
    func isDue(at now: Timestamp) -> Bool { now >= nextReport }

    /// What is sent of a sighting: one ping, or none when it is lost.
    mutating func report(
        _ sighting: Sighting,
        at now: Timestamp,
        on plane: LocalPlane
    ) -> SimulatedPing? {
        nextReport = now + max(2, (interval + random.uniform(-1.5...1.5)).rounded())
        let ping = ping(of: sighting, at: now, on: plane)
        watchContact(sighting.reception, at: now)
        if let gap {
            self.gap?.held += 1
            guard gap.isBuffered else { return nil }
            return delayed(ping, until: gap.end + 0.2 * Double(gap.held))
        }
        if let last, random.chance(faults.repeatShare) {
            var copy = last
            copy.isRepeat = true
            copy.ping.receivedAt = now + latency()
            return copy
        }
        last = ping
        return ping
    }

    private mutating func ping(
        of sighting: Sighting,
        at now: Timestamp,
        on plane: LocalPlane
    ) -> SimulatedPing {
        let sigma = sighting.reception == .canyon ? faults.canyonSigma : faults.noiseSigma
        let error = drift.error(at: now, sigma: sigma, random: &random)
        let point = PlanePoint(x: sighting.point.x + error.x, y: sighting.point.y + error.y)
        let (coordinate, isWild) = spoiled(point, on: plane)
        var ping = Ping(
            vehicleID: sighting.vehicleID,
            timestamp: now,
            receivedAt: now + latency(),
            coordinate: coordinate,
            routeID: sighting.routeID
        )
        let noise = faults.noiseSigma > 0 ? 1.0 : 0
        if measuresSpeed {
            ping.speed = max(0, sighting.speed + 0.4 * noise * random.normal())
            if sighting.speed > 1 {
                let degrees = sighting.bearing + 6 * noise * random.normal() + 360
                ping.bearing = degrees.truncatingRemainder(dividingBy: 360)
            }
        }
        let text = sign.text(sighting.directionText, at: now, random: &random)
        ping.directionText = random.chance(faults.emptyDirectionShare) ? "" : text
        return SimulatedPing(
            ping: ping,
            isWild: isWild,
            isRepeat: false,
            trueDistanceAlong: sighting.distanceAlong,
            truePattern: sighting.pattern,
            trueTrip: sighting.trip,
            state: sighting.state
        )
    }

    /// A point as sent: now and then 0/0, a kilometre off, or its two numbers exchanged.
    private mutating func spoiled(
        _ point: PlanePoint,
        on plane: LocalPlane
    ) -> (coordinate: Coordinate, isWild: Bool) {
        if random.chance(faults.wildShare) {
            guard random.chance(0.6) else {
                return (Coordinate(latitude: 0, longitude: 0), true)
            }
            let (east, north) = random.heading()
            let jump = random.uniform(700...1500)
            let far = PlanePoint(x: point.x + east * jump, y: point.y + north * jump)
            return (plane.coordinate(far), true)
        }
        let isSwapped = random.chance(faults.swappedShare)
        let coordinate = plane.coordinate(point)
        return (isSwapped ? coordinate.swapped : coordinate, isSwapped)
    }

    /// Opens a gap where contact breaks and closes it when its time is over.
    private mutating func watchContact(_ reception: Reception, at now: Timestamp) {
        if let gap, now >= gap.end { self.gap = nil }
        let entersSilence = reception == .silent && !wasSilentPlace
        wasSilentPlace = reception == .silent
        let breaks = entersSilence && random.chance(faults.deadZoneShare)
        let strikes = now >= nextGap
        if strikes {
            nextGap = now + random.exponential(mean: Self.mean(perHour: faults.gapsPerHour))
        }
        guard gap == nil, breaks || strikes else { return }
        gap = Gap(
            end: now + random.uniform(30...120),
            isBuffered: random.chance(faults.bufferedShare)
        )
    }

    private func delayed(_ ping: SimulatedPing, until moment: Timestamp) -> SimulatedPing {
        var late = ping
        late.ping.receivedAt = max(moment, ping.ping.receivedAt)
        return late
    }

    private mutating func latency() -> Double {
        let span = faults.latency.upperBound - faults.latency.lowerBound
        let drawn = usualLatency + random.exponential(mean: 0.08 * span)
        return min(faults.latency.upperBound, drawn)
    }

    private static func mean(perHour rate: Double) -> Double {
        rate > 0 ? 3600 / rate : .infinity
    }
}
