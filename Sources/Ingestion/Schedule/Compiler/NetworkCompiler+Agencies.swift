import Foundation
import TransitModel

/// A row of `agency.txt`.
struct AgencyRow {
    let id: Cell
    let agency: Agency

    init?(_ table: borrowing TableReader) {
        table.expect(.agencyName, otherwise: "the agency is shown without a name")
        table.expect(.agencyURL, otherwise: "the agency is shown without an address")
        guard table.isGiven(.agencyTimezone, otherwise: "the agency is dropped") else {
            return nil
        }
        id = table.cell(.agencyID)
        agency = Agency(
            id: table.text(.agencyID),
            name: table.text(.agencyName),
            url: table.text(.agencyURL),
            timeZone: table.text(.agencyTimezone),
            language: table.optionalText(.agencyLang)
        )
    }
}

/// The agencies that routes can name.
struct AgencyNames {
    /// Ids of agencies that have one.
    var ids = IDTable()
    /// In step with ``ids``.
    var indexes: [AgencyIndex] = []

    /// The agency with an id.
    func index(of cell: Cell, in bytes: [UInt8]) -> AgencyIndex? {
        ids.index(of: cell, in: bytes).map { indexes[$0] }
    }
}

extension NetworkCompiler {
    /// Reads the agencies; the first one's zone must be known, for it rules all times.
    mutating func readAgencies() throws(ScheduleError) {
        guard var table = try open(.agency) else { return }
        var nameless: [Int] = []
        while table.next() {
            if table.cell(.agencyID).isEmpty { nameless.append(table.line) }
            guard let row = AgencyRow(table) else {
                table.lose()
                continue
            }
            try checkZone(of: row.agency, table)
            add(row, table)
            try check(parts.agencies.count, against: limits.agencies)
        }
        if table.rowCount > 1 { nameless.forEach(reportNameless) }
        close(table)
        if parts.agencies.elements.isEmpty { throw refuseWithoutAgency() }
    }

    private mutating func add(_ row: AgencyRow, _ table: borrowing TableReader) {
        if !row.id.isEmpty {
            guard agencies.ids.insert(row.id, in: table.bytes).isNew else {
                table.report(.duplicateKey, in: .agencyID, "stands twice; the first row is kept")
                return
            }
            agencies.indexes.append(AgencyIndex(parts.agencies.count))
        }
        parts.agencies.elements.append(row.agency)
    }

    private func reportNameless(line: Int) {
        log.report(
            .missingAgencyID, file: FeedFile.agency.rawValue, line: line, column: .agencyID,
            value: "", "is blank beside other agencies, so that no route can name it")
    }

    private func refuseWithoutAgency() -> ScheduleError {
        log.report(
            .noUsableAgency, file: FeedFile.agency.rawValue,
            "no agency has a time zone, so no time means anything")
        return refused()
    }

    private func checkZone(
        of agency: Agency, _ table: borrowing TableReader
    ) throws(ScheduleError) {
        let zone = agency.timeZone
        guard ServiceDay(timeZoneName: zone) != nil else {
            try checkUnknownZone(table)
            return
        }
        if Self.isAbbreviation(zone) {
            table.report(
                .invalidTimezone, in: .agencyTimezone,
                "is an abbreviation that several zones share; taken as this system takes it, so "
                    + "check all times, or use a name such as Asia/Jakarta")
        } else if let first = parts.agencies.elements.first, zone != first.timeZone {
            table.report(
                .inconsistentAgencyTimezone, in: .agencyTimezone,
                "differs from the first agency's; all times are read in \(first.timeZone)")
        }
    }

    private func checkUnknownZone(_ table: borrowing TableReader) throws(ScheduleError) {
        if let first = parts.agencies.elements.first {
            table.report(
                .invalidTimezone, in: .agencyTimezone,
                "is no known time zone; all times are read in \(first.timeZone)")
            return
        }
        table.report(
            .invalidTimezone, in: .agencyTimezone,
            "is no known time zone, so no time means anything; use a name such as Asia/Jakarta")
        throw refused()
    }

    /// Whether a zone that the system knows is none of the tz database, but a short form such as
    /// PST.
    private static func isAbbreviation(_ zone: String) -> Bool {
        TimeZone.abbreviationDictionary[zone] != nil && !databaseAbbreviations.contains(zone)
            && !TimeZone.knownTimeZoneIdentifiers.contains(zone)
    }

    /// Names of the tz database that look like abbreviations.
    private static let databaseAbbreviations: Set = [
        "UTC", "GMT", "UT", "EST", "MST", "HST", "CET", "EET", "MET", "WET",
    ]
}
