import FuzzedFeeds

@testable import Ingestion

/// Reads an archive: the input itself, or with a byte below 0x20 at its start an archive that is
/// packed from parts of the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func readArchive(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let first = bytes.first, first < 0x20 else {
        _ = findings(in: bytes)
        return 0
    }
    let feed = PackedFeed(bytes.dropFirst(), folder: first & 1 == 0 ? "" : "gtfs/")
    let packed = findings(in: feed.archive)
    guard feed.isHonest, first & 1 == 0, let texts = feed.texts else { return 0 }
    require(packed == findings(in: texts), "an archive is read as its files are")
    return 0
}

/// The notices of an archive, one a line, after its promises have been checked.
private func findings(in archive: [UInt8]) -> [String] {
    let (notices, load) = ScheduleLoader.check(path: MemoryFile.shared.path(holding: archive))
    load?.requirePromises()
    if load == nil { ScheduleError(path: "", notices: notices).requirePromises() }
    return notices.map(\.description)
}

private func findings(in texts: [String: String]) -> [String] {
    do throws(ScheduleError) {
        return try ScheduleLoader.load(files: texts).notices.map(\.description)
    } catch {
        return error.notices.map(\.description)
    }
}
