import CGTFSRealtime
import CProtobufC
import ETAEngine
import Geometry
import TransitModel

extension EntityWriter {
    /// The entity of where a vehicle is, and on which run if that is to be named.
    mutating func position(
        of status: VehicleStatus, namingRun namesRun: Bool, in network: Network
    ) -> [UInt8] {
        let entity = start(id: "vehicle:\(status.vehicleID)")
        let vehicle = arena.make(transit_realtime__vehicle_position__init)
        entity.pointee.vehicle = vehicle
        vehicle.pointee.vehicle = descriptor(ofVehicle: status.vehicleID)
        vehicle.pointee.position = position(of: status)
        vehicle.pointee.has_timestamp = 1
        vehicle.pointee.timestamp = clamped(status.fixTime.seconds)
        if let occupancy = status.occupancy {
            vehicle.pointee.has_occupancy_status = 1
            vehicle.pointee.occupancy_status = .init(UInt32(occupancy.rawValue))
        }
        if namesRun { name(status, on: vehicle, in: network) }
        return pack(entity)
    }

    /// Says which run a vehicle is on, and at which stop.
    private mutating func name(
        _ status: VehicleStatus, on vehicle: UnsafeMutablePointer<TransitRealtime__VehiclePosition>,
        in network: Network
    ) {
        guard let instance = status.instance else { return }
        vehicle.pointee.trip = descriptor(of: RunIdentity(instance, in: network))
        guard let index = status.pattern, let stop = status.nextStop else { return }
        let pattern = network.patterns[index]
        vehicle.pointee.has_current_stop_sequence = 1
        vehicle.pointee.current_stop_sequence = UInt32(clamping: pattern.sequences[stop])
        vehicle.pointee.stop_id = arena.text(network.stops[pattern.stops[stop]].id)
        vehicle.pointee.has_current_status = 1
        vehicle.pointee.current_status = .init(UInt32(status.stopStatus.rawValue))
    }

    private mutating func position(
        of status: VehicleStatus
    ) -> UnsafeMutablePointer<TransitRealtime__Position> {
        let position = arena.make(transit_realtime__position__init)
        position.pointee.latitude = Float(status.coordinate.latitude)
        position.pointee.longitude = Float(status.coordinate.longitude)
        if let bearing = status.publishedBearing {
            position.pointee.has_bearing = 1
            position.pointee.bearing = bearing
        }
        if let speed = status.publishedSpeed {
            position.pointee.has_speed = 1
            position.pointee.speed = speed
        }
        return position
    }
}

extension VehicleStatus {
    /// Metres a second, unless it is more than a bus can do: then a unit or a fix went wrong.
    var publishedSpeed: Float? {
        speed.flatMap { (0...26).contains($0) ? Float($0) : nil }
    }

    /// Degrees clockwise from north in 0 ..< 360.
    var publishedBearing: Float? {
        guard let bearing, bearing.isFinite else { return nil }
        let turned = Float(bearing.truncatingRemainder(dividingBy: 360))
        let positive = turned < 0 ? turned + 360 : turned
        return positive < 360 ? positive : 0
    }
}
