import ETAEngine
import Evaluation
import TransitModel

/// What `replay --disorder` tells of a recorded day.
enum DisorderReport {
    /// Delivers the pings in seeds from 0 up; says of each that ends elsewhere in what it does.
    static func print(_ network: Network, _ pings: [Ping], seeds: UInt64) throws {
        let check = DisorderCheck(network: network, pings: pings)
        var sum = Sum()
        for seed in 0..<seeds {
            let finding = check.run(seed: seed)
            sum.add(finding)
            if !finding.isSound { Swift.print(line(of: finding)) }
        }
        Swift.print(
            "\(check.pings.count) pings in \(seeds) disorders, \(sum.arrivals) arrivals, "
                + "\(sum.late) of them late: \(sum.unsound) end elsewhere than in order; "
                + "\(sum.corrections) last fixes of vehicles taken back by what came late")
        if sum.unsound > 0 {
            throw CommandFault(.findings, "\(sum.unsound) of \(seeds) disorders end elsewhere")
        }
    }

    private static func line(of finding: DisorderCheck.Finding) -> String {
        let parts = finding.differences.map(\.rawValue) + (finding.showsOther ? ["snapshot"] : [])
        return
            "seed \(finding.seed): \(finding.retreats) retreats, \(finding.astray) pings astray, "
            + "other \(parts.isEmpty ? "nothing" : parts.joined(separator: ", "))"
    }

    private struct Sum {
        var arrivals = 0
        var late = 0
        var unsound = 0
        var corrections = 0

        mutating func add(_ finding: DisorderCheck.Finding) {
            arrivals += finding.arrivals
            late += finding.late
            unsound += finding.isSound ? 0 : 1
            corrections += finding.corrections
        }
    }
}
