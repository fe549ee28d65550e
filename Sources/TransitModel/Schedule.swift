public import Geometry

/// Who runs the service (`agency.txt`).
public struct Agency: Hashable, Sendable {
    /// GTFS `agency_id`, empty when the feed has one agency without an id.
    public var id: String
    /// Name for riders.
    public var name: String
    /// Web address.
    public var url: String
    /// IANA name of its zone.
    public var timeZone: String
    /// BCP 47 language, if given.
    public var language: String?

    /// Makes an agency.
    public init(
        id: String, name: String, url: String = "", timeZone: String, language: String? = nil
    ) {
        self.id = id
        self.name = name
        self.url = url
        self.timeZone = timeZone
        self.language = language
    }
}

/// A place of `stops.txt`.
public struct Stop: Hashable, Sendable {
    /// What kind of place it is (`location_type`).
    public enum Kind: Int, Hashable, Sendable {
        case stop = 0
        case station = 1
        case entrance = 2
        case node = 3
        case boardingArea = 4
    }

    /// GTFS `stop_id`.
    public var id: String
    /// Short code for riders, if any.
    public var code: String?
    /// Name for riders.
    public var name: String
    /// Where it is; nil where the feed gives no usable position.
    public var coordinate: Coordinate?
    /// What kind of place it is.
    public var kind: Kind
    /// The station that holds it, if any.
    public var parent: StopIndex?
    /// `wheelchair_boarding`: 0 unknown, 1 possible, 2 not possible.
    public var wheelchairBoarding: Int

    /// Makes a stop.
    public init(
        id: String, code: String? = nil, name: String, coordinate: Coordinate?,
        kind: Kind = .stop, parent: StopIndex? = nil, wheelchairBoarding: Int = 0
    ) {
        self.id = id
        self.code = code
        self.name = name
        self.coordinate = coordinate
        self.kind = kind
        self.parent = parent
        self.wheelchairBoarding = wheelchairBoarding
    }
}

/// A line of service as riders know it (`routes.txt`).
public struct Route: Hashable, Sendable {
    /// GTFS `route_id`.
    public var id: String
    /// Who runs it; nil when the feed names an unknown agency.
    public var agency: AgencyIndex?
    /// Short name such as `K1`, may be empty.
    public var shortName: String
    /// Long name, may be empty.
    public var longName: String
    /// GTFS `route_type`, 3 for a bus.
    public var type: Int
    /// Six hex digits without `#`, `FFFFFF` when not given.
    public var color: String
    /// Six hex digits without `#`, `000000` when not given.
    public var textColor: String
    /// The least is shown first; nil last.
    public var sortOrder: Int?

    /// The short name, or the long one, or the id.
    public var name: String {
        shortName.isEmpty ? (longName.isEmpty ? id : longName) : shortName
    }

    /// Makes a route.
    public init(
        id: String, agency: AgencyIndex? = nil, shortName: String, longName: String = "",
        type: Int = 3, color: String = "FFFFFF", textColor: String = "000000",
        sortOrder: Int? = nil
    ) {
        self.id = id
        self.agency = agency
        self.shortName = shortName
        self.longName = longName
        self.type = type
        self.color = color
        self.textColor = textColor
        self.sortOrder = sortOrder
    }
}

/// The days on which trips run (`calendar.txt` and `calendar_dates.txt` together).
public struct Service: Hashable, Sendable {
    /// GTFS `service_id`.
    public var id: String
    /// Bit 0 for Monday to bit 6 for Sunday.
    public var weekdays: UInt8
    /// First and last day on which the weekdays hold; nil when only exceptions give days.
    public var period: ClosedRange<ServiceDate>?
    /// Days on which service runs beyond the weekdays.
    public var added: Set<ServiceDate>
    /// Days on which it does not run in spite of the weekdays.
    public var removed: Set<ServiceDate>

    /// Makes a service.
    public init(
        id: String, weekdays: UInt8 = 0, period: ClosedRange<ServiceDate>? = nil,
        added: Set<ServiceDate> = [], removed: Set<ServiceDate> = []
    ) {
        self.id = id
        self.weekdays = weekdays
        self.period = period
        self.added = added
        self.removed = removed
    }

    /// Whether the service runs on a date.
    public func isActive(on date: ServiceDate) -> Bool {
        if added.contains(date) { return true }
        guard let period, period.contains(date), !removed.contains(date) else { return false }
        return weekdays & (1 << UInt8(date.weekday)) != 0
    }
}

/// The line that buses drive (`shapes.txt`).
public struct Shape: Hashable, Sendable {
    /// GTFS `shape_id`.
    public var id: String
    /// The line in metres on the network's plane.
    public var line: Polyline

    /// Makes a shape.
    public init(id: String, line: Polyline) {
        self.id = id
        self.line = line
    }
}

/// Arrival and departure at one stop of one trip, relative to the service day.
@frozen
public struct StopTime: Hashable, Sendable {
    /// Scheduled arrival.
    public var arrival: ServiceTime
    /// Scheduled departure, never before the arrival.
    public var departure: ServiceTime

    /// Makes a stop time.
    @inlinable
    public init(arrival: ServiceTime, departure: ServiceTime) {
        self.arrival = arrival
        self.departure = departure
    }
}

/// A row of `frequencies.txt`.
public struct Frequency: Hashable, Sendable {
    /// When the first run leaves the first stop.
    public var start: ServiceTime
    /// Runs leave strictly before this time.
    public var end: ServiceTime
    /// Seconds between departures.
    public var headway: Int
    /// Whether runs leave exactly at `start + n × headway`; otherwise only the headway is promised.
    public var isExact: Bool

    /// Makes a frequency.
    public init(start: ServiceTime, end: ServiceTime, headway: Int, isExact: Bool) {
        self.start = start
        self.end = end
        self.headway = headway
        self.isExact = isExact
    }
}

/// Stops in order, with where each lies on the line between them: all trips that share one are
/// alike but for their times.
public struct TripPattern: Sendable {
    /// The route served.
    public var route: RouteIndex
    /// GTFS `direction_id`, if given.
    public var direction: Int?
    /// The shape followed; nil when the line is drawn straight from stop to stop.
    public var shape: ShapeIndex?
    /// The stops in order of travel, at least two.
    public var stops: [StopIndex]
    /// `stop_sequence` of each stop, strictly rising.
    public var sequences: [Int32]
    /// The line driven, on the network's plane.
    public var line: Polyline
    /// Metres along `line` of each stop, never falling.
    public var distances: [Double]

    /// Makes a pattern.
    public init(
        route: RouteIndex, direction: Int?, shape: ShapeIndex?, stops: [StopIndex],
        sequences: [Int32], line: Polyline, distances: [Double]
    ) {
        self.route = route
        self.direction = direction
        self.shape = shape
        self.stops = stops
        self.sequences = sequences
        self.line = line
        self.distances = distances
    }

    /// Position of the last stop.
    public var lastPosition: Int { stops.count - 1 }
}

/// One scheduled journey, or the template of many where it has frequencies (`trips.txt`).
public struct Trip: Sendable {
    /// GTFS `trip_id`.
    public var id: String
    /// Stops and line.
    public var pattern: PatternIndex
    /// Days of operation.
    public var service: ServiceIndex
    /// What the bus shows; empty when not given.
    public var headsign: String
    /// GTFS `block_id`: trips that one bus works in turn.
    public var block: String?
    /// Where the trip's times start in ``Network/stopTimes``; one per stop of the pattern.
    public var firstStopTime: Int
    /// Headway rows of the trip in order of start; empty for a timetabled trip.
    public var frequencies: [Frequency]

    /// Makes a trip.
    public init(
        id: String, pattern: PatternIndex, service: ServiceIndex, headsign: String = "",
        block: String? = nil, firstStopTime: Int, frequencies: [Frequency] = []
    ) {
        self.id = id
        self.pattern = pattern
        self.service = service
        self.headsign = headsign
        self.block = block
        self.firstStopTime = firstStopTime
        self.frequencies = frequencies
    }

    /// Whether only a headway is promised, so that a run is known by when it really left.
    public var isHeadwayOnly: Bool { frequencies.contains { !$0.isExact } }
}
