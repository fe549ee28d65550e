/// How far ahead an answer looked, in the spans that the MBTA publishes its accuracy by.
public enum Horizon: Int, Hashable, Sendable, CaseIterable {
    case upTo3 = 0
    case upTo6 = 1
    case upTo12 = 2
    case upTo30 = 3

    /// The span that so many seconds of lead fall into; whatever is farther ahead is in the last.
    public init(lead: Double) {
        self =
            switch lead {
            case ..<180: .upTo3
            case ..<360: .upTo6
            case ..<720: .upTo12
            default: .upTo30
            }
    }

    /// The minutes that it spans.
    public var minutes: Range<Int> {
        switch self {
        case .upTo3: 0..<3
        case .upTo6: 3..<6
        case .upTo12: 6..<12
        case .upTo30: 12..<30
        }
    }

    /// Whether an error of actual minus predicted seconds is one that riders forgive.
    public func accepts(_ error: Double) -> Bool {
        let bounds: (early: Double, late: Double) =
            switch self {
            case .upTo3: (-60, 60)
            case .upTo6: (-90, 120)
            case .upTo12: (-150, 210)
            case .upTo30: (-240, 360)
            }
        return bounds.early < error && error < bounds.late
    }
}

/// Where a bus was in its run when a rider asked for it.
public enum RunPhase: String, Hashable, Sendable, CaseIterable {
    /// On its way.
    case underWay = "under_way"
    /// Not yet gone from its first stop.
    case beforeDeparture = "before_departure"
}

/// Why riders were told wrong, or nothing.
public enum MissCause: String, Hashable, Sendable, CaseIterable {
    /// The bus left its first stop otherwise than foretold.
    case terminal
    /// Nothing was said, although a bus came.
    case silence
    /// The bus had not been heard from for a while.
    case noFix = "no_fix"
    /// The bus was under way and took longer than foretold.
    case congestion
    /// The bus was under way and was faster than foretold.
    case ranAhead = "ran_ahead"
}
