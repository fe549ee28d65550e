@testable public import Ingestion

/// Feeds as the bytes of a fuzzer's input.
public enum FeedText {
    /// Ends a file inside an input (U+001C, file separator).
    public static let separator: UInt8 = 0x1C

    /// The files of a feed from an input: each part is the file of its place in the order of
    /// reading, the parts after those are unknown files.
    public static func files(_ bytes: ArraySlice<UInt8>) -> [(name: String, bytes: [UInt8])] {
        let names = FeedFile.allCases.map(\.rawValue)
        let parts = bytes.split(
            separator: separator, maxSplits: 19, omittingEmptySubsequences: false)
        return parts.enumerated().map { place, part in
            (place < names.count ? names[place] : "unknown\(place).txt", Array(part))
        }
    }
}

extension ScheduleLoader {
    /// Loads a feed from memory, and stops the fuzzer at a broken promise.
    public static func requirePromises(of files: [String: String]) {
        do throws(ScheduleError) {
            try load(files: files).requirePromises()
        } catch {
            error.requirePromises()
        }
    }
}

extension ScheduleError {
    /// Stops the fuzzer at a refusal without a reason.
    public func requirePromises() {
        require(notices.contains { $0.severity == .error }, "a refusal has a reason")
        for notice in notices { notice.requirePromises() }
    }
}
