import Foundation
import Storage
import Testing

@testable import Service

struct FeedFileWatchTests {
    private let scratch = Scratch()

    /// A watch that a test's expectations may move.
    private final class Watch {
        var watch: FeedFileWatch

        init(_ watch: FeedFileWatch) { self.watch = watch }

        func look(_ files: FeedFiles?) -> Bool { watch.look(files) }
    }

    /// What lies there after `text` has been written, or after the file is gone.
    private func files(_ text: String?) throws -> FeedFiles? {
        let path = scratch.path + "/feed.zip"
        try FileManager.default.createDirectory(
            atPath: scratch.path, withIntermediateDirectories: true)
        if let text {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } else {
            try? FileManager.default.removeItem(atPath: path)
        }
        return FeedFiles(path: path)
    }

    @Test func `what has been read is not read again`() throws {
        let old = try files("old")
        let watch = Watch(FeedFileWatch(files: old, fingerprint: "old"))
        #expect(!watch.look(old))
        #expect(!watch.look(old))
    }

    @Test func `a change is read when it has looked the same twice, and once`() throws {
        let watch = Watch(FeedFileWatch(files: try files("old"), fingerprint: "old"))
        #expect(!watch.look(try files("ha")))
        #expect(!watch.look(try files("half")))
        let whole = try files("halfway")
        #expect(!watch.look(whole))
        #expect(watch.look(whole))
        #expect(!watch.look(whole))
    }

    @Test func `a file that is gone is not read, and one that is back is`() throws {
        let watch = Watch(FeedFileWatch(files: try files("old"), fingerprint: "old"))
        #expect(!watch.look(try files(nil)))
        #expect(!watch.look(try files(nil)))
        let back = try files("old")
        #expect(!watch.look(back))
        #expect(watch.look(back))
    }

    @Test func `content in force or refused before is no news`() {
        var watch = FeedFileWatch(files: nil, fingerprint: "old")
        #expect(!watch.isNews("old"))
        #expect(watch.isNews("bad"))
        watch.refuse("bad")
        #expect(!watch.isNews("bad"))
        #expect(watch.isNews("new"))
    }
}
