import TransitModel

/// A row of `routes.txt`.
struct RouteRow {
    let id: Cell
    let route: Route

    init?(_ table: borrowing TableReader) {
        guard let id = table.id(.routeID, otherwise: "the route is dropped") else { return nil }
        self.id = id
        table.expect(.routeType, otherwise: "taken as a bus")
        if table.cell(.routeShortName).isEmpty, table.cell(.routeLongName).isEmpty {
            table.report(.routeWithoutName, "has neither a short nor a long name; shown by its id")
        }
        route = Route(
            id: table.text(.routeID),
            shortName: table.text(.routeShortName),
            longName: table.text(.routeLongName),
            type: table.integer(.routeType, otherwise: "taken as a bus") ?? 3,
            color: Self.color(table, .routeColor) ?? "FFFFFF",
            textColor: Self.color(table, .routeTextColor) ?? "000000",
            sortOrder: Self.sortOrder(table)
        )
    }

    private static func sortOrder(_ table: borrowing TableReader) -> Int? {
        let effect = "the route is shown last"
        guard let order = table.integer(.routeSortOrder, otherwise: effect) else { return nil }
        if order >= 0 { return order }
        table.report(.numberOutOfRange, in: .routeSortOrder, "is below zero; \(effect)")
        return nil
    }

    private static func color(_ table: borrowing TableReader, _ column: Column) -> String? {
        guard let text = table.optionalText(column) else { return nil }
        if text.utf8.count == 6, text.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
        {
            return text.uppercased()
        }
        table.report(.invalidColor, in: column, "is not six hexadecimal digits; not used")
        return nil
    }
}

extension NetworkCompiler {
    /// Reads the routes.
    mutating func readRoutes() throws(ScheduleError) {
        guard var table = try open(.routes) else { return }
        while table.next() {
            guard let row = RouteRow(table) else {
                table.lose()
                continue
            }
            guard routeIDs.insert(row.id, in: table.bytes).isNew else {
                table.report(.duplicateKey, in: .routeID, "stands twice; the first row is kept")
                continue
            }
            var route = row.route
            route.agency = agency(table)
            parts.routes.elements.append(route)
            try check(parts.routes.count, against: limits.routes)
        }
        close(table)
    }

    /// The agency of a route; the only one where the route names none.
    private func agency(_ table: borrowing TableReader) -> AgencyIndex? {
        let cell = table.cell(.agencyID)
        if cell.isEmpty { return onlyAgency(table) }
        let index = agencies.index(of: cell, in: table.bytes)
        if index == nil {
            report(
                dangling: .agencyID, to: [.agency], table,
                "is no agency of the feed; the route is shown without one")
        }
        return index
    }

    private func onlyAgency(_ table: borrowing TableReader) -> AgencyIndex? {
        if rowCounts[FeedFile.agency.rawValue, default: 0] > 1 {
            table.report(
                .missingAgencyID, in: .agencyID,
                "is blank though there are several agencies; the route is shown without one")
        }
        return parts.agencies.count == 1 ? AgencyIndex(0) : nil
    }
}
