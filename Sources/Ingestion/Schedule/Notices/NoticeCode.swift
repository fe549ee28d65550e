/// Every finding of the loader, under the canonical validator's name where it has one.
///
/// Errors agree with those of the canonical GTFS validator 8.0.1 for the ten files that are read, as
/// two ports of it give them, but for these:
/// - A feed in a subfolder: the validator misses all files. We say
///   `invalid_input_files_in_subfolder` and read on, with all that there is to find inside.
/// - `no_usable_agency`, `no_usable_trips`: why a feed is refused. The validator never serves one.
///   `missing_required_file` and `no_usable_agency` end the load before references are looked at.
/// - Addresses, telephone numbers and languages are passed on as text and not judged.
/// - `shape_dist_traveled` of `stop_times.txt` and `timepoint` beside a time are not read: nothing is
///   made of them. In `shapes.txt` distances are checked and not used.
/// - An unknown `location_type` is a stop (`unexpected_enum_value`), so that trips may call there.
/// - A quote that never closes is told at the line where it opens, and reading goes on after that
///   line. The validator blames the length of the last row.
/// - UTF-16 is told by that name; the validator misses a column of the garbled header. "NaN" is no
///   number, where the validator takes it for one that is out of range.
/// - No time is beyond 167 hours and no headway longer than a week.
/// - References to a file with an unreadable cell, and rows under a header that names a column twice,
///   are judged all the same; the validator finds the rest once that is mended.
/// - A repeated `stop_sequence` and rows of an unknown trip are dropped when that is told, so nothing
///   is said of their times.
/// - Of the validator's warnings those are given that touch arrivals. Our own, of things that no
///   validator need mind: `shape_too_far_from_stops` and `unmatched_shape`, for a line that is not
///   followed; `unescaped_quote`; `no_service_day`, for a feed from which nothing ever runs;
///   `stops_too_far_apart_for_one_map`, as we measure on a flat one.
enum NoticeCode: String, CaseIterable {
    case archiveEncrypted = "archive_encrypted"
    case archiveSuspicious = "archive_suspicious"
    case archiveUnreadable = "archive_unreadable"
    case blockOverlap = "block_trips_with_overlapping_stop_times"
    case csvParsingFailed = "csv_parsing_failed"
    case decreasingShapeDistance = "decreasing_shape_distance"
    case duplicatedColumn = "duplicated_column"
    case duplicateKey = "duplicate_key"
    case emptyColumnName = "empty_column_name"
    case emptyFile = "empty_file"
    case emptyRow = "empty_row"
    case equalShapeDistance = "equal_shape_distance_diff_coordinates"
    case expiredCalendar = "expired_calendar"
    case fastTravel = "fast_travel_between_consecutive_stops"
    case feedExpiresIn30Days = "feed_expiration_date30_days"
    case feedExpiresIn7Days = "feed_expiration_date7_days"
    case foreignKeyViolation = "foreign_key_violation"
    case inconsistentAgencyTimezone = "inconsistent_agency_timezone"
    case invalidCharacter = "invalid_character"
    case invalidColor = "invalid_color"
    case invalidDate = "invalid_date"
    case invalidFloat = "invalid_float"
    case invalidInputFilesInSubfolder = "invalid_input_files_in_subfolder"
    case invalidInteger = "invalid_integer"
    case invalidRowLength = "invalid_row_length"
    case invalidTime = "invalid_time"
    case invalidTimezone = "invalid_timezone"
    case missingAgencyID = "missing_required_agency_id"
    case missingCalendars = "missing_calendar_and_calendar_date_files"
    case missingRequiredColumn = "missing_required_column"
    case missingRequiredField = "missing_required_field"
    case missingRequiredFile = "missing_required_file"
    case missingStopName = "missing_stop_name"
    case missingTripEdge = "missing_trip_edge"
    case newLineInValue = "new_line_in_value"
    case noServiceDay = "no_service_day"
    case noUsableAgency = "no_usable_agency"
    case noUsableTrips = "no_usable_trips"
    case numberOutOfRange = "number_out_of_range"
    case outerWhitespace = "leading_or_trailing_whitespaces"
    case overlappingFrequency = "overlapping_frequency"
    case pointNearOrigin = "point_near_origin"
    case pointNearPole = "point_near_pole"
    case rangeEqual = "start_and_end_range_equal"
    case rangeOutOfOrder = "start_and_end_range_out_of_order"
    case routeWithoutName = "route_both_short_and_long_name_missing"
    case serviceWithoutWeekday = "service_has_no_active_day_of_the_week"
    case shapeTooFarFromStops = "shape_too_far_from_stops"
    case singleShapePoint = "single_shape_point"
    case stationWithParent = "station_with_parent_station"
    case stopsOutOfOrder = "stops_match_shape_out_of_order"
    case stopsTooFarApart = "stops_too_far_apart_for_one_map"
    case stopTimeAtOtherPlace = "location_with_unexpected_stop_time"
    case stopTimeBeforePrevious = "stop_time_with_arrival_before_previous_departure_time"
    case stopTimeOneSided = "stop_time_with_only_arrival_or_departure_time"
    case stopTooFarFromShape = "stop_too_far_from_shape"
    case stopWithoutLocation = "stop_without_location"
    case timepointWithoutTime = "stop_time_timepoint_without_times"
    case tooManyRows = "too_many_rows"
    case tripCoverageNotActive = "trip_coverage_not_active_for_next7_days"
    case unescapedQuote = "unescaped_quote"
    case unexpectedEnumValue = "unexpected_enum_value"
    case unknownColumn = "unknown_column"
    case unknownFile = "unknown_file"
    case unsortedStopTimes = "unsorted_stop_times"
    case unmatchedShape = "unmatched_shape"
    case unusableTrip = "unusable_trip"
    case withoutParentStation = "location_without_parent_station"
    case wrongParent = "wrong_parent_location_type"

    /// How grave the finding is; a feed with errors may still load.
    var severity: Notice.Severity {
        switch self {
        case .emptyRow, .expiredCalendar, .fastTravel, .feedExpiresIn30Days, .feedExpiresIn7Days,
            .noServiceDay, .outerWhitespace, .serviceWithoutWeekday, .shapeTooFarFromStops,
            .singleShapePoint, .stopTooFarFromShape, .stopsOutOfOrder, .stopsTooFarApart,
            .tripCoverageNotActive, .unescapedQuote, .unexpectedEnumValue, .unmatchedShape,
            .unusableTrip:
            .warning
        case .unknownColumn, .unknownFile, .unsortedStopTimes: .info
        default: .error
        }
    }
}
