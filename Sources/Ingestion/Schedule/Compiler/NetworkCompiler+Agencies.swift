import TransitModel

/// A row of `agency.txt`.
struct AgencyRow {
    let id: Cell
    let agency: Agency

    init?(_ table: borrowing TableReader) {
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

extension NetworkCompiler {
    /// Reads the agencies; the first one's zone must be known, for it rules all times.
    mutating func readAgencies() throws(ScheduleError) {
        guard var table = try open(.agency) else { return }
        while table.next() {
            guard let row = AgencyRow(table) else { continue }
            if let first = parts.agencies.elements.first {
                checkZone(of: row.agency, against: first, table)
            } else if ServiceDay(timeZoneName: row.agency.timeZone) == nil {
                table.report(
                    .invalidTimezone,
                    in: .agencyTimezone,
                    "is no known time zone, so no time means anything; use a name such as "
                        + "Asia/Jakarta"
                )
                throw refused()
            }
            guard agencyIDs.insert(row.id, in: table.bytes).isNew else {
                table.report(.duplicateKey, in: .agencyID, "stands twice; the first row is kept")
                continue
            }
            parts.agencies.elements.append(row.agency)
        }
        close(table)
        if parts.agencies.elements.isEmpty { throw refuseWithoutZone() }
    }

    private func refuseWithoutZone() -> ScheduleError {
        log.report(
            .invalidTimezone,
            file: FeedFile.agency.rawValue,
            column: .agencyTimezone,
            "no agency has a time zone, so no time means anything"
        )
        return refused()
    }

    private func checkZone(of agency: Agency, against first: Agency, _ table: borrowing TableReader)
    {
        guard agency.timeZone != first.timeZone else { return }
        table.report(
            .inconsistentAgencyTimezone,
            in: .agencyTimezone,
            "differs from the first agency's; all times are read in \(first.timeZone)"
        )
    }
}
