import Foundation
import Measuring

// index-benchmark match FILE [--reach M] [--cell M] [--rounds N] [--dump FILE] [--only grid]
// index-benchmark lattice LINES [the same]
//
// Prints `name value` a line. FILE is what Tools/bench-index writes: three Int64 (lines, points,
// pings), the lines' first points as Int64 and one more, then Float32 x and y of each point and x,
// y and heading of each ping, in metres.

let arguments = Arguments(Array(CommandLine.arguments.dropFirst()))
let network: MeasuredNetwork
switch (arguments.words.first, arguments.words.dropFirst().first) {
case ("match", let file?): network = try MeasuredNetwork(file: file)
case ("lattice", let lines?):
    network = MeasuredNetwork(
        latticeLines: Int(lines) ?? 1000, pings: arguments.number("pings", 1_000_000))
case (let file?, nil): network = try MeasuredNetwork(file: file)
default:
    print("usage: index-benchmark [match] FILE | lattice LINES")
    exit(64)
}
try Measurement(network, arguments).run()
