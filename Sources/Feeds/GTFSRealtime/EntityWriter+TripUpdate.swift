import CGTFSRealtime
import CProtobufC
import ETAEngine
import TransitModel

extension EntityWriter {
    /// The entity of what is foretold of a run that has a vehicle and stops ahead.
    mutating func update(_ trip: TripPrediction, in network: Network) -> [UInt8] {
        let run = RunIdentity(trip.instance, in: network)
        let entity = start(id: run.entityID)
        let update = arena.make(transit_realtime__trip_update__init)
        entity.pointee.trip_update = update
        update.pointee.trip = descriptor(of: run)
        if let vehicle = trip.vehicleID { update.pointee.vehicle = descriptor(ofVehicle: vehicle) }
        if let fixTime = trip.fixTime {
            update.pointee.has_timestamp = 1
            update.pointee.timestamp = clamped(fixTime.seconds)
        }
        if let delay = trip.delay, !run.isHeadwayOnly {
            update.pointee.has_delay = 1
            update.pointee.delay = Int32(clamping: delay.whole)
        }
        let calls = stopTimeUpdates(of: trip, run, network)
        update.pointee.n_stop_time_update = calls.count
        update.pointee.stop_time_update = arena.copy(calls)
        return pack(entity)
    }

    private mutating func stopTimeUpdates(
        of trip: TripPrediction, _ run: RunIdentity, _ network: Network
    ) -> [UnsafeMutablePointer<TransitRealtime__TripUpdate__StopTimeUpdate>?] {
        let pattern = network.patterns[trip.pattern]
        let stops = network.stops
        var updates: [UnsafeMutablePointer<TransitRealtime__TripUpdate__StopTimeUpdate>?] = []
        updates.reserveCapacity(trip.passedEarly.count + trip.stops.count)
        let calls = StopCalls(
            trip, in: network, isHeadwayOnly: run.isHeadwayOnly, now: now)
        for call in calls {
            let update = arena.make(transit_realtime__trip_update__stop_time_update__init)
            update.pointee.has_stop_sequence = 1
            update.pointee.stop_sequence = UInt32(clamping: pattern.sequences[call.position])
            update.pointee.stop_id = arena.text(stops[pattern.stops[call.position]].id)
            update.pointee.arrival = event(call.arrival, call.delays?.arrival, call)
            update.pointee.departure = event(call.departure, call.delays?.departure, call)
            update.pointee.has_schedule_relationship = 1
            update.pointee.schedule_relationship =
                run.isHeadwayOnly ? unscheduledCall : scheduledCall
            updates.append(update)
        }
        return updates
    }

    private mutating func event(
        _ time: Int64, _ delay: Int32?, _ call: StopCall
    ) -> UnsafeMutablePointer<TransitRealtime__TripUpdate__StopTimeEvent> {
        let event = arena.make(transit_realtime__trip_update__stop_time_event__init)
        event.pointee.has_time = 1
        event.pointee.time = time
        event.pointee.has_uncertainty = 1
        event.pointee.uncertainty = call.uncertainty
        if let delay {
            event.pointee.has_delay = 1
            event.pointee.delay = delay
        }
        return event
    }
}

private let scheduledCall =
    TRANSIT_REALTIME__TRIP_UPDATE__STOP_TIME_UPDATE__SCHEDULE_RELATIONSHIP__SCHEDULED
private let unscheduledCall =
    TRANSIT_REALTIME__TRIP_UPDATE__STOP_TIME_UPDATE__SCHEDULE_RELATIONSHIP__UNSCHEDULED
