import TransitModel

/// A bus's way from a stop to the next, from arrival to arrival.
struct Traversal {
    let pattern: PatternIndex
    /// Position of the stop where it starts.
    let position: Int
    /// What the timetable says that it takes, in seconds.
    let reference: Double
    /// When the bus came to the first stop.
    let entry: Timestamp
    /// When it came to the second.
    let exit: Timestamp
    /// Seconds after its time that it came to the first stop; nil without a timetable.
    let lateness: Double?

    /// What the bus took, in seconds.
    var seconds: Double { exit - entry }
}
