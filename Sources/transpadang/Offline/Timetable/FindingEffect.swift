import Ingestion

/// What findings do to the real-time service, gravest first.
enum FindingEffect: String, CaseIterable, Encodable {
    case refused
    case serviceMissing = "service_missing"
    case timesRough = "times_rough"
    case placesRough = "places_rough"
    case textsWrong = "texts_wrong"
    case none

    /// A heading for people.
    var heading: String {
        switch self {
        case .refused: "The feed cannot be used"
        case .serviceMissing: "Trips, stops or days are missing from the service"
        case .timesRough: "Arrival times are less exact"
        case .placesRough: "Buses are placed less exactly on their lines"
        case .textsWrong: "Riders see less, or wrong texts"
        case .none: "No effect on real-time service"
        }
    }

    /// The effect of a notice: by its code, or else by the column or file that it is about.
    init(_ notice: Notice) {
        self =
            Self.byCode[notice.code] ?? notice.column.flatMap { Self.byColumn[$0] }
            ?? Self.byFile[notice.file] ?? .none
    }

    static let byCode: [String: FindingEffect] = [
        "archive_encrypted": .refused,
        "archive_suspicious": .refused,
        "archive_unreadable": .refused,
        "missing_calendar_and_calendar_date_files": .refused,
        "missing_required_file": .refused,
        "no_usable_agency": .refused,
        "no_usable_trips": .refused,
        "too_many_rows": .refused,
        "expired_calendar": .serviceMissing,
        "feed_expiration_date7_days": .serviceMissing,
        "feed_expiration_date30_days": .serviceMissing,
        "no_service_day": .serviceMissing,
        "service_has_no_active_day_of_the_week": .serviceMissing,
        "trip_coverage_not_active_for_next7_days": .serviceMissing,
        "block_trips_with_overlapping_stop_times": .timesRough,
        "fast_travel_between_consecutive_stops": .timesRough,
        "inconsistent_agency_timezone": .timesRough,
        "invalid_time": .timesRough,
        "invalid_timezone": .timesRough,
        "overlapping_frequency": .timesRough,
        "stop_time_timepoint_without_times": .timesRough,
        "stop_time_with_arrival_before_previous_departure_time": .timesRough,
        "stop_time_with_only_arrival_or_departure_time": .timesRough,
        "point_near_origin": .placesRough,
        "point_near_pole": .placesRough,
        "shape_too_far_from_stops": .placesRough,
        "single_shape_point": .placesRough,
        "stop_too_far_from_shape": .placesRough,
        "stop_without_location": .placesRough,
        "stops_too_far_apart_for_one_map": .placesRough,
        "stops_match_shape_out_of_order": .placesRough,
        "invalid_character": .textsWrong,
        "missing_required_agency_id": .textsWrong,
        "missing_stop_name": .textsWrong,
        "new_line_in_value": .textsWrong,
        "route_both_short_and_long_name_missing": .textsWrong,
        "invalid_color": .textsWrong,
        "decreasing_shape_distance": .none,
        "duplicated_column": .none,
        "empty_column_name": .none,
        "equal_shape_distance_diff_coordinates": .none,
        "leading_or_trailing_whitespaces": .none,
        "location_with_unexpected_stop_time": .none,
        "location_without_parent_station": .none,
        "station_with_parent_station": .none,
        "unknown_column": .none,
        "unknown_file": .none,
        "unsorted_stop_times": .none,
        "wrong_parent_location_type": .none,
        "empty_row": .none,
        "invalid_input_files_in_subfolder": .none,
        "unescaped_quote": .none,
        "unexpected_enum_value": .textsWrong,
    ]

    /// Columns whose loss costs less than the row.
    private static let byColumn: [String: FindingEffect] = [
        "agency_id": .textsWrong,
        "parent_station": .textsWrong,
        "route_sort_order": .textsWrong,
        "shape_dist_traveled": .placesRough,
        "shape_id": .placesRough,
        "stop_lat": .placesRough,
        "stop_lon": .placesRough,
        "wheelchair_boarding": .textsWrong,
    ]

    private static let byFile: [String: FindingEffect] = [
        "agency.txt": .textsWrong,
        "calendar.txt": .serviceMissing,
        "calendar_dates.txt": .serviceMissing,
        "feed_info.txt": .textsWrong,
        "frequencies.txt": .serviceMissing,
        "routes.txt": .serviceMissing,
        "shapes.txt": .placesRough,
        "stop_times.txt": .serviceMissing,
        "stops.txt": .serviceMissing,
        "trips.txt": .serviceMissing,
    ]
}
