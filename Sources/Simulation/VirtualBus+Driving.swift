import TransitModel

extension VirtualBus {
    private static let acceleration = 1.0
    private static let comfortableBraking = 1.2
    private static let hardBraking = 2.2
    /// Where the driver looks at who waits at the next stop, in metres before it.
    static let sight = 150.0

    /// Metres to the next stop.
    func distanceToStop(on road: Road) -> Double { road.stops[nextStop] - distanceAlong }

    /// Drives through the second that ends at `moment` and returns the metres made.
    ///
    /// The speed follows the traffic and the driver's pace within what brakes and engine can do,
    /// and stays low enough to halt at the next stop to be served and at a red light. Never past a
    /// stop that is to be served: the bus comes to a stand right there.
    mutating func drive(on road: Road, in traffic: Traffic, until moment: Timestamp) -> Double {
        driver.live(until: moment)
        let before = distanceAlong
        var target = desiredSpeed(on: road, in: traffic)
        target = min(target, speedBefore(lightsOf: road, at: moment))
        let gap = distanceToStop(on: road)
        let halts = nextCall?.isSkipped == false
        if halts { target = min(target, Self.speed(toHaltIn: gap)) }
        let reached = max(min(target, speed + Self.acceleration), speed - Self.hardBraking)
        let made = max(0, (speed + reached) / 2)
        speed = max(0, reached)
        if halts, made >= gap - 0.8 {
            distanceAlong = road.stops[nextStop]
            speed = 0
        } else {
            distanceAlong = min(before + made, road.stops[road.stops.count - 1])
        }
        return distanceAlong - before
    }

    private func desiredSpeed(on road: Road, in traffic: Traffic) -> Double {
        let stream = road.speed(at: distanceAlong, in: traffic) * driver.pace
        switch driver.mishap {
        case .breakdown: return 0
        case .slowdown(let factor, _): return stream * factor
        case nil: return stream
        }
    }

    /// The speed that red lights ahead allow; one that cannot be halted for is run.
    private mutating func speedBefore(lightsOf road: Road, at moment: Timestamp) -> Double {
        while nextLight < road.lights.count, road.lights[nextLight].distance <= distanceAlong {
            nextLight += 1
        }
        guard nextLight < road.lights.count else { return .infinity }
        let light = road.lights[nextLight]
        let gap = light.distance - distanceAlong
        guard gap < Self.sight, light.isRed(at: moment),
            speed * speed / (2 * Self.hardBraking) <= gap
        else { return .infinity }
        return Self.speed(toHaltIn: gap - 1.5)
    }

    /// The speed from which, after one more second at it, comfortable braking still halts in time.
    private static func speed(toHaltIn gap: Double) -> Double {
        let braking = comfortableBraking
        return (braking * braking + 2 * braking * max(0, gap)).squareRoot() - braking
    }
}
