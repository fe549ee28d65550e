/// The files of a feed that real-time service needs; all others are ignored.
enum FeedFile: String, CaseIterable {
    case feedInfo = "feed_info.txt"
    case agency = "agency.txt"
    case stops = "stops.txt"
    case routes = "routes.txt"
    case calendar = "calendar.txt"
    case calendarDates = "calendar_dates.txt"
    case shapes = "shapes.txt"
    case trips = "trips.txt"
    case frequencies = "frequencies.txt"
    case stopTimes = "stop_times.txt"

    /// Whether no network can be made without the file.
    var isRequired: Bool {
        switch self {
        case .agency, .stops, .routes, .trips, .stopTimes: true
        case .feedInfo, .calendar, .calendarDates, .shapes, .frequencies: false
        }
    }

    /// Said of a name that the file does not have, when rows of it were lost.
    var mayHoldIt: String { "; it may stand in a row of \(rawValue) that could not be read" }

    /// Columns that the specification requires.
    var requiredColumns: [Column] {
        switch self {
        case .feedInfo: [.feedPublisherName, .feedPublisherURL, .feedLang]
        case .agency: [.agencyName, .agencyURL, .agencyTimezone]
        case .routes: [.routeID, .routeType]
        case .stopTimes: [.tripID, .stopSequence]
        default: neededColumns
        }
    }

    /// Columns without which no row of the file means anything.
    var neededColumns: [Column] {
        switch self {
        case .feedInfo: []
        case .agency: [.agencyTimezone]
        case .stops: [.stopID]
        case .routes: [.routeID]
        case .calendar: [.serviceID, .startDate, .endDate] + Column.weekdays
        case .calendarDates: [.serviceID, .date, .exceptionType]
        case .shapes: [.shapeID, .shapePtLat, .shapePtLon, .shapePtSequence]
        case .trips: [.tripID, .routeID, .serviceID]
        case .frequencies: [.tripID, .startTime, .endTime, .headwaySecs]
        case .stopTimes: [.tripID, .stopID, .stopSequence]
        }
    }
}

/// The columns that are read, of all files; all others are ignored.
enum Column: Int, CaseIterable {
    case agencyID, agencyName, agencyURL, agencyTimezone, agencyLang
    case stopID, stopCode, stopName, stopLat, stopLon, locationType, parentStation
    case wheelchairBoarding
    case routeID, routeShortName, routeLongName, routeType, routeColor, routeTextColor
    case routeSortOrder
    case tripID, serviceID, shapeID, tripHeadsign, directionID, blockID
    case arrivalTime, departureTime, stopSequence, timepoint
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday, startDate, endDate
    case date, exceptionType
    case shapePtLat, shapePtLon, shapePtSequence, shapeDistTraveled
    case startTime, endTime, headwaySecs, exactTimes
    case feedPublisherName, feedPublisherURL, feedLang, feedStartDate, feedEndDate, feedVersion

    /// The columns of `calendar.txt` from Monday to Sunday.
    static let weekdays: [Column] = [
        .monday, .tuesday, .wednesday, .thursday, .friday, .saturday, .sunday,
    ]

    /// The name in the file's header.
    var name: String {
        switch self {
        case .agencyID: "agency_id"
        case .agencyName: "agency_name"
        case .agencyURL: "agency_url"
        case .agencyTimezone: "agency_timezone"
        case .agencyLang: "agency_lang"
        case .stopID: "stop_id"
        case .stopCode: "stop_code"
        case .stopName: "stop_name"
        case .stopLat: "stop_lat"
        case .stopLon: "stop_lon"
        case .locationType: "location_type"
        case .parentStation: "parent_station"
        case .wheelchairBoarding: "wheelchair_boarding"
        case .routeID: "route_id"
        case .routeShortName: "route_short_name"
        case .routeLongName: "route_long_name"
        case .routeType: "route_type"
        case .routeColor: "route_color"
        case .routeTextColor: "route_text_color"
        case .routeSortOrder: "route_sort_order"
        case .tripID: "trip_id"
        case .serviceID: "service_id"
        case .shapeID: "shape_id"
        case .tripHeadsign: "trip_headsign"
        case .directionID: "direction_id"
        case .blockID: "block_id"
        case .arrivalTime: "arrival_time"
        case .departureTime: "departure_time"
        case .stopSequence: "stop_sequence"
        case .timepoint: "timepoint"
        case .monday: "monday"
        case .tuesday: "tuesday"
        case .wednesday: "wednesday"
        case .thursday: "thursday"
        case .friday: "friday"
        case .saturday: "saturday"
        case .sunday: "sunday"
        case .startDate: "start_date"
        case .endDate: "end_date"
        case .date: "date"
        case .exceptionType: "exception_type"
        case .shapePtLat: "shape_pt_lat"
        case .shapePtLon: "shape_pt_lon"
        case .shapePtSequence: "shape_pt_sequence"
        case .shapeDistTraveled: "shape_dist_traveled"
        case .startTime: "start_time"
        case .endTime: "end_time"
        case .headwaySecs: "headway_secs"
        case .exactTimes: "exact_times"
        case .feedPublisherName: "feed_publisher_name"
        case .feedPublisherURL: "feed_publisher_url"
        case .feedLang: "feed_lang"
        case .feedStartDate: "feed_start_date"
        case .feedEndDate: "feed_end_date"
        case .feedVersion: "feed_version"
        }
    }
}
