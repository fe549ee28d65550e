import TransitModel

/// A row of `routes.txt`.
struct RouteRow {
    let id: Cell
    let route: Route

    init?(_ table: borrowing TableReader) {
        guard let id = table.id(.routeID, otherwise: "the route is dropped") else { return nil }
        self.id = id
        route = Route(
            id: table.text(.routeID),
            shortName: table.text(.routeShortName),
            longName: table.text(.routeLongName),
            type: table.integer(.routeType, otherwise: "taken as a bus") ?? 3,
            color: Self.color(table, .routeColor) ?? "FFFFFF",
            textColor: Self.color(table, .routeTextColor) ?? "000000",
            sortOrder: table.integer(.routeSortOrder, otherwise: "the route is shown last")
        )
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
            guard let row = RouteRow(table) else { continue }
            guard routeIDs.insert(row.id, in: table.bytes).isNew else {
                table.report(.duplicateKey, in: .routeID, "stands twice; the first row is kept")
                continue
            }
            var route = row.route
            route.agency = agency(table)
            parts.routes.elements.append(route)
        }
        close(table)
    }

    /// The agency of a route; the only one where the route names none.
    private func agency(_ table: borrowing TableReader) -> AgencyIndex? {
        let cell = table.cell(.agencyID)
        if cell.isEmpty {
            return parts.agencies.count == 1 ? AgencyIndex(0) : nil
        }
        let index = agencyIDs.index(of: cell, in: table.bytes)
        if index == nil {
            table.report(
                .foreignKeyViolation,
                in: .agencyID,
                "is no agency of the feed; the route is shown without one"
            )
        }
        return index.map { AgencyIndex($0) }
    }
}
