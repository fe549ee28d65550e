/// A span of lead times with the errors that riders forgive in it.
struct AccuracyBin: Sendable {
    let name: String
    /// Seconds of lead that fall into the bin.
    let lead: Range<Double>
    /// Seconds of error, actual minus predicted, that still count as accurate.
    let tolerance: ClosedRange<Double>
    /// Whether the ends of `tolerance` themselves are accurate.
    let includesEnds: Bool

    /// Whether an error of actual minus predicted seconds is accurate.
    func accepts(_ error: Double) -> Bool {
        includesEnds
            ? tolerance.contains(error)
            : tolerance.lowerBound < error && error < tolerance.upperBound
    }
}

extension AccuracyBin {
    /// The bins of the MBTA, by predicted lead; the ends are out.
    static let mbta = [
        AccuracyBin(
            name: "0-3",
            lead: -.infinity..<180,
            tolerance: -60...60,
            includesEnds: false
        ),
        AccuracyBin(name: "3-6", lead: 180..<360, tolerance: -90...120, includesEnds: false),
        AccuracyBin(name: "6-12", lead: 360..<720, tolerance: -150...210, includesEnds: false),
        AccuracyBin(
            name: "12-30",
            lead: 720..<Double.infinity,
            tolerance: -240...360,
            includesEnds: false
        ),
    ]

    /// The bins of the app Transit, by actual lead; the ends are in.
    static let transit = [
        AccuracyBin(name: "0-3", lead: 0..<180, tolerance: -30...90, includesEnds: true),
        AccuracyBin(name: "3-6", lead: 180..<360, tolerance: -60...150, includesEnds: true),
        AccuracyBin(name: "6-10", lead: 360..<600, tolerance: -60...210, includesEnds: true),
        AccuracyBin(name: "10-15", lead: 600..<900, tolerance: -90...270, includesEnds: true),
    ]

    /// Spans of actual lead over which errors are averaged: names and seconds.
    static let leads: [(name: String, lead: Range<Double>)] = [
        ("0-3", 0..<180), ("3-6", 180..<360), ("6-12", 360..<720), ("12-30", 720..<1801),
    ]
}
