/// Every finding of the loader, under the canonical validator's name where it has one.
enum NoticeCode: String, CaseIterable {
    case archiveEncrypted = "archive_encrypted"
    case archiveSuspicious = "archive_suspicious"
    case archiveUnreadable = "archive_unreadable"
    case csvParsingFailed = "csv_parsing_failed"
    case duplicateKey = "duplicate_key"
    case duplicatedColumn = "duplicated_column"
    case emptyFile = "empty_file"
    case emptyRow = "empty_row"
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
    case missingCalendars = "missing_calendar_and_calendar_date_files"
    case missingRequiredColumn = "missing_required_column"
    case missingRequiredField = "missing_required_field"
    case missingRequiredFile = "missing_required_file"
    case missingTripEdge = "missing_trip_edge"
    case noUsableTrips = "no_usable_trips"
    case numberOutOfRange = "number_out_of_range"
    case overlappingFrequency = "overlapping_frequency"
    case pointNearOrigin = "point_near_origin"
    case rangeEqual = "start_and_end_range_equal"
    case rangeOutOfOrder = "start_and_end_range_out_of_order"
    case shapeTooFarFromStops = "shape_too_far_from_stops"
    case singleShapePoint = "single_shape_point"
    case stopsOutOfOrder = "stops_match_shape_out_of_order"
    case stopTimeBeforePrevious = "stop_time_with_arrival_before_previous_departure_time"
    case stopTimeOneSided = "stop_time_with_only_arrival_or_departure_time"
    case stopTooFarFromShape = "stop_too_far_from_shape"
    case stopWithoutLocation = "stop_without_location"
    case unescapedQuote = "unescaped_quote"
    case unexpectedEnumValue = "unexpected_enum_value"
    case unusableTrip = "unusable_trip"

    /// How grave the finding is; a feed with errors may still load.
    var severity: Notice.Severity {
        switch self {
        case .emptyRow, .shapeTooFarFromStops, .singleShapePoint, .stopTooFarFromShape,
            .stopsOutOfOrder,
            .unescapedQuote, .unexpectedEnumValue, .unusableTrip:
            .warning
        default: .error
        }
    }
}
