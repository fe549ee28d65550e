import ArgumentParser
import Simulation

/// What goes wrong with the reports of virtual buses, where it is not as usual.
struct FaultOptions: ParsableArguments {
    @Option(help: "Share of fixes at 0/0 or about a kilometre away.")
    var wild: Double?

    @Option(help: "Share of fixes with latitude and longitude exchanged.")
    var swapped: Double?

    @Option(help: "Share of reports that repeat the last fix.")
    var repeats: Double?

    @Option(help: "Most seconds that the direction text stays wrong after a bus sets out.")
    var directionLag: Double?

    func validate() throws {
        let shares = [("--wild", wild), ("--swapped", swapped), ("--repeats", repeats)]
        for case (let name, let share?) in shares where !(0...1).contains(share) {
            throw ValidationError("\(name) takes a share from 0 to 1")
        }
        if let directionLag, !(0...86_400).contains(directionLag) {
            throw ValidationError("--direction-lag takes seconds of a day at most")
        }
    }

    /// The usual faults with those named in place of theirs.
    var faults: FleetFaults {
        var faults = FleetFaults.realistic
        if let wild { faults.wildShare = wild }
        if let swapped { faults.swappedShare = swapped }
        if let repeats { faults.repeatShare = repeats }
        if let directionLag {
            faults.directionLag = min(faults.directionLag.lowerBound, directionLag)...directionLag
        }
        return faults
    }
}
