import CGTFSRealtime
import CProtobufC
import ETAEngine
import Geometry
import TransitModel

extension DecodedTripDescriptor {
    init(_ source: TransitRealtime__TripDescriptor) {
        tripID = text(source.trip_id)
        routeID = text(source.route_id)
        directionID = value(source.has_direction_id, Int(source.direction_id))
        startDate = text(source.start_date)
        startTime = text(source.start_time)
        relationship = known(source.has_schedule_relationship, source.schedule_relationship)
    }
}

extension DecodedVehicleDescriptor {
    init(_ source: TransitRealtime__VehicleDescriptor) {
        id = text(source.id)
        label = text(source.label)
        licensePlate = text(source.license_plate)
    }
}

extension DecodedTimeRange {
    init(_ source: TransitRealtime__TimeRange) {
        start = value(source.has_start, Int64(clamping: source.start))
        end = value(source.has_end, Int64(clamping: source.end))
    }
}

extension DecodedTripUpdate {
    init(_ source: TransitRealtime__TripUpdate) {
        trip = source.trip.map { DecodedTripDescriptor($0.pointee) } ?? DecodedTripDescriptor()
        vehicle = source.vehicle.map { DecodedVehicleDescriptor($0.pointee) }
        timestamp = value(source.has_timestamp, Int64(clamping: source.timestamp))
        delay = value(source.has_delay, Int(source.delay))
        stopTimeUpdates = list(source.n_stop_time_update, source.stop_time_update) {
            DecodedStopTimeUpdate($0)
        }
    }
}

extension DecodedStopTimeUpdate {
    init(_ source: TransitRealtime__TripUpdate__StopTimeUpdate) {
        stopSequence = value(source.has_stop_sequence, Int(source.stop_sequence))
        stopID = text(source.stop_id)
        arrival = source.arrival.map { DecodedStopTimeEvent($0.pointee) }
        departure = source.departure.map { DecodedStopTimeEvent($0.pointee) }
        relationship = known(source.has_schedule_relationship, source.schedule_relationship)
    }
}

extension DecodedStopTimeEvent {
    init(_ source: TransitRealtime__TripUpdate__StopTimeEvent) {
        time = value(source.has_time, source.time)
        delay = value(source.has_delay, Int(source.delay))
        uncertainty = value(source.has_uncertainty, Int(source.uncertainty))
    }
}

extension DecodedVehiclePosition {
    init(_ source: TransitRealtime__VehiclePosition) {
        trip = source.trip.map { DecodedTripDescriptor($0.pointee) }
        vehicle = source.vehicle.map { DecodedVehicleDescriptor($0.pointee) }
        if let position = source.position?.pointee {
            coordinate = Coordinate(
                latitude: Double(position.latitude), longitude: Double(position.longitude))
            bearing = value(position.has_bearing, Double(position.bearing))
            speed = value(position.has_speed, Double(position.speed))
        }
        currentStopSequence = value(
            source.has_current_stop_sequence, Int(source.current_stop_sequence))
        stopID = text(source.stop_id)
        currentStatus = known(source.has_current_status, source.current_status)
        timestamp = value(source.has_timestamp, Int64(clamping: source.timestamp))
        occupancy = known(source.has_occupancy_status, source.occupancy_status)
    }
}

extension DecodedAlert {
    init(_ source: TransitRealtime__Alert) {
        let old = source.oldPeriods
        activePeriods = list(old.count, old.ranges) { DecodedTimeRange($0) }
        communicationPeriods = list(source.n_communication_period, source.communication_period) {
            DecodedTimeRange($0)
        }
        impactPeriods = list(source.n_impact_period, source.impact_period) {
            DecodedTimeRange($0)
        }
        informed = list(source.n_informed_entity, source.informed_entity) { Selector($0) }
        cause = known(source.has_cause, source.cause)
        effect = known(source.has_effect, source.effect)
        severity = known(source.has_severity_level, source.severity_level)
        header = translations(source.header_text)
        description = translations(source.description_text)
    }
}

extension DecodedAlert.Selector {
    init(_ source: TransitRealtime__EntitySelector) {
        agencyID = text(source.agency_id)
        routeID = text(source.route_id)
        routeType = value(source.has_route_type, Int(source.route_type))
        stopID = text(source.stop_id)
        directionID = value(source.has_direction_id, Int(source.direction_id))
        trip = source.trip.map { DecodedTripDescriptor($0.pointee) }
    }
}

private func translations(
    _ source: UnsafeMutablePointer<TransitRealtime__TranslatedString>?
) -> [Alert.Translation] {
    guard let string = source?.pointee else { return [] }
    return list(string.n_translation, string.translation) {
        Alert.Translation(language: text($0.language) ?? "", text: text($0.text) ?? "")
    }
}

/// An enum value that is present and that we know.
private func known<Known: RawRepresentable<Int>, Wire: RawRepresentable<UInt32>>(
    _ isPresent: CInt, _ wire: Wire
) -> Known? {
    isPresent != 0 ? Known(rawValue: Int(Int32(bitPattern: wire.rawValue))) : nil
}
