/// How much a feed may hold of each kind, well above what the largest have.
///
/// A file of short rows takes many times its own size once it is read. With these, what is read of
/// one kind takes about half a gigabyte at most. What an archive may hold is limited in
/// ``FeedArchive`` and ``ZipChecks``.
struct FeedLimits: Sendable {
    /// What there may be so many of.
    struct Limit: Sendable {
        let file: FeedFile
        /// The most of them.
        var count: Int
        /// What they are, for the reader of the notice.
        let name: String

        init(_ file: FeedFile, _ count: Int, _ name: String) {
            self.file = file
            self.count = count
            self.name = name
        }

        /// Why a feed with so many is refused; nil where it is not.
        func failure(at number: Int) -> FeedFailure? {
            guard number > count else { return nil }
            return FeedFailure(
                code: .tooManyRows, file: file.rawValue,
                message: "has more than \(count) \(name), as no feed does; take out what does not "
                    + "belong there, or load regions as feeds of their own")
        }
    }

    var agencies = Limit(.agency, 10_000, "agencies")
    var stops = Limit(.stops, 1_000_000, "stops")
    var routes = Limit(.routes, 100_000, "routes")
    var services = Limit(.calendar, 200_000, "services")
    /// Days that services are given or lose one by one.
    var serviceDates = Limit(.calendarDates, 10_000_000, "days")
    var trips = Limit(.trips, 2_000_000, "trips")
    var frequencies = Limit(.frequencies, 2_000_000, "headways")
    var shapes = Limit(.shapes, 1_000_000, "shapes")
    /// Points of lines that differ.
    var shapePoints = Limit(.shapes, 10_000_000, "points")
    /// Points held at a time: those of a shape, or all in a file that does not keep the points of a
    /// shape together.
    var heldShapePoints = Limit(.shapes, 5_000_000, "points in one shape or in disorder")
    var stopTimes = Limit(.stopTimes, 40_000_000, "rows of trips that run")
    /// Rows held at a time: all, in a file that does not keep the rows of a trip together.
    var scatteredStopTimes = Limit(
        .stopTimes, 10_000_000, "rows in disorder; sort it by trip_id, which lifts this limit")
    /// Trips that differ in stops, route, direction or shape.
    var patterns = Limit(.stopTimes, 600_000, "kinds of trips")
    /// Calls of different lists of stops.
    var patternStops = Limit(.stopTimes, 6_000_000, "calls in trips that are unlike any other")
}
