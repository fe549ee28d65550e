import FuzzedFeeds
import Ingestion

/// Compiles a feed: one whose files are parts of the input, or with an `M` at the start a sound one
/// with the changes that the input spells.
@_cdecl("LLVMFuzzerTestOneInput")
public func compileFeed(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if bytes.first == UInt8(ascii: "M") {
        var feed = ChangingFeed()
        feed.change(as: bytes.dropFirst())
        ScheduleLoader.requirePromises(of: feed.files)
    } else {
        let files = FeedText.files(bytes[...]).map {
            ($0.name, String(decoding: $0.bytes, as: UTF8.self))
        }
        ScheduleLoader.requirePromises(of: Dictionary(uniqueKeysWithValues: files))
    }
    return 0
}
