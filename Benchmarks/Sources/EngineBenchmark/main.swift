import Foundation
import Measuring

// engine-benchmark corridors [--buses N] [--minutes M] [--seed S] [--rounds N] [--gtfs PATH]
// engine-benchmark fleets    [--minutes M] [--rounds N]: 77, 300, 1,000 and 3,000 buses
// engine-benchmark day       [--buses N] [--hours H] [--parts N] [--rounds N]
// engine-benchmark pipeline DIR PUBLISH
//
// Prints `name value` a line. Times are of the processor, except in `pipeline`, which counts as its
// peer does.

let arguments = Arguments(Array(CommandLine.arguments.dropFirst()))
switch (arguments.words.first, arguments.words.dropFirst().first) {
case ("corridors", nil): try EngineMeasurement(arguments).measureCorridors()
case ("fleets", nil): try EngineMeasurement(arguments).measureFleets()
case ("day", nil): try EngineMeasurement(arguments).measureDay()
case ("pipeline", let folder?):
    let every = arguments.words.dropFirst(2).first.flatMap(Double.init)
    var pipeline = try Pipeline(folder: folder, every: every ?? 15)
    pipeline.run()
default:
    print("usage: engine-benchmark corridors | fleets | day | pipeline DIR PUBLISH")
    exit(64)
}
