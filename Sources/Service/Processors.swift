import Foundation
import NIOCore

/// The processors of the machine.
public enum Processors {
    /// How many of them this process may use, as the kernel says; nil when it does not.
    static var allowed: Int? {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let mask = status?.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") }
        let count = mask?.dropFirst("Cpus_allowed:".count).compactMap(\.hexDigitValue)
            .reduce(0) { $0 + $1.nonzeroBitCount }
        return count.flatMap { $0 > 0 ? $0 : nil }
    }

    /// Has connections served by as many threads as there are processors for them.
    ///
    /// To be called once and before anything is connected. By itself the networking library counts
    /// the processors of the machine, and threads beyond ours only get in each other's way.
    public static func shareOutConnections() {
        if let allowed { NIOSingletons.groupLoopCountSuggestion = allowed }
    }
}
