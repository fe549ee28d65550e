import CGTFSRealtime
import CProtobufC

extension EntityWriter {
    mutating func descriptor(
        of run: RunIdentity
    ) -> UnsafeMutablePointer<TransitRealtime__TripDescriptor> {
        let trip = arena.make(transit_realtime__trip_descriptor__init)
        trip.pointee.trip_id = arena.text(run.tripID)
        trip.pointee.route_id = arena.text(run.routeID)
        if let direction = run.directionID {
            trip.pointee.has_direction_id = 1
            trip.pointee.direction_id = UInt32(clamping: direction)
        }
        trip.pointee.start_date = arena.text(run.startDate)
        trip.pointee.start_time = arena.text(run.startTime)
        trip.pointee.has_schedule_relationship = 1
        trip.pointee.schedule_relationship =
            run.isHeadwayOnly
            ? TRANSIT_REALTIME__TRIP_DESCRIPTOR__SCHEDULE_RELATIONSHIP__UNSCHEDULED
            : TRANSIT_REALTIME__TRIP_DESCRIPTOR__SCHEDULE_RELATIONSHIP__SCHEDULED
        return trip
    }

    mutating func descriptor(
        ofVehicle id: String
    ) -> UnsafeMutablePointer<TransitRealtime__VehicleDescriptor> {
        let vehicle = arena.make(transit_realtime__vehicle_descriptor__init)
        let text = arena.text(id)
        vehicle.pointee.id = text
        vehicle.pointee.label = text
        return vehicle
    }
}
