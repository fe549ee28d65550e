/// Names that the GTFS Schedule reference gives to files and columns, so that a misspelt one is told
/// from one that is merely not needed here.
enum Specification {
    /// All files.
    static let files = Set(FeedFile.allCases.map(\.rawValue)).union(
        words(
            """
            fare_attributes.txt fare_rules.txt timeframes.txt rider_categories.txt fare_media.txt
            fare_products.txt fare_leg_rules.txt fare_leg_join_rules.txt fare_transfer_rules.txt
            areas.txt stop_areas.txt networks.txt route_networks.txt transfers.txt pathways.txt
            levels.txt location_groups.txt location_group_stops.txt locations.geojson
            booking_rules.txt translations.txt attributions.txt
            """))

    fileprivate static func words(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}

extension FeedFile {
    /// All columns that the file may have.
    var specifiedColumns: Set<String> {
        switch self {
        case .feedInfo: Self.feedInfoColumns
        case .agency: Self.agencyColumns
        case .stops: Self.stopsColumns
        case .routes: Self.routesColumns
        case .calendar: Set(neededColumns.map(\.name))
        case .calendarDates: Set(neededColumns.map(\.name))
        case .shapes: Set(neededColumns.map(\.name)).union(["shape_dist_traveled"])
        case .trips: Self.tripsColumns
        case .frequencies: Set(neededColumns.map(\.name)).union(["exact_times"])
        case .stopTimes: Self.stopTimesColumns
        }
    }

    private static let feedInfoColumns = Specification.words(
        """
        feed_publisher_name feed_publisher_url feed_lang default_lang feed_start_date feed_end_date
        feed_version feed_contact_email feed_contact_url
        """)
    private static let agencyColumns = Specification.words(
        """
        agency_id agency_name agency_url agency_timezone agency_lang agency_phone agency_fare_url
        agency_email cemv_support
        """)
    private static let stopsColumns = Specification.words(
        """
        stop_id stop_code stop_name tts_stop_name stop_desc stop_lat stop_lon zone_id stop_url
        location_type parent_station stop_timezone wheelchair_boarding level_id platform_code
        stop_access
        """)
    private static let routesColumns = Specification.words(
        """
        route_id agency_id route_short_name route_long_name route_desc route_type route_url
        route_color route_text_color route_sort_order continuous_pickup continuous_drop_off
        network_id cemv_support
        """)
    private static let tripsColumns = Specification.words(
        """
        route_id service_id trip_id trip_headsign trip_short_name direction_id block_id shape_id
        wheelchair_accessible bikes_allowed cars_allowed safe_duration_factor safe_duration_offset
        """)
    private static let stopTimesColumns = Specification.words(
        """
        trip_id arrival_time departure_time stop_id location_group_id location_id stop_sequence
        stop_headsign start_pickup_drop_off_window end_pickup_drop_off_window pickup_type
        drop_off_type continuous_pickup continuous_drop_off shape_dist_traveled timepoint
        pickup_booking_rule_id drop_off_booking_rule_id
        """)
}
