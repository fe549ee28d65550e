import Foundation
import Ingestion
import Testing
import TransitModel

@testable import Service

struct FeedFileWatchTests {
    private let scratch = Scratch()

    /// A watch that a test's expectations may move, which looks every three seconds.
    private final class Watch {
        var watch: FeedFileWatch
        var now = Timestamp(0)

        init(_ watch: FeedFileWatch) { self.watch = watch }

        func look(_ files: FeedFiles?) -> Bool {
            now = now + 3
            return watch.look(files, at: now)
        }

        /// Whether a failure now is worth telling.
        func fails(_ reason: String) -> Bool { watch.failed(reason, at: now) }

        /// Looks until the files are to be read; after how many seconds they are, at most 2000.
        func wait(for files: FeedFiles?) -> Double? {
            let start = now
            while now - start < 2000 { if look(files) { return now - start } }
            return nil
        }
    }

    /// What lies there after `text` has been written, or after the file is gone.
    private func files(_ text: String?, at name: String = "feed.zip") throws -> FeedFiles? {
        let file = URL(filePath: scratch.path + "/" + name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        if let text {
            try text.write(to: file, atomically: true, encoding: .utf8)
        } else {
            try? FileManager.default.removeItem(at: file)
        }
        return FeedFiles(path: scratch.path + "/" + name.prefix { $0 != "/" })
    }

    private func watch(_ text: String) throws -> Watch {
        Watch(FeedFileWatch(files: try files(text), fingerprint: text))
    }

    @Test func `what has been read is not read again`() throws {
        let watch = try watch("old")
        #expect(watch.wait(for: try files("old")) != nil, "it was written anew")
        let old = try #require(try files("old"))
        #expect(watch.wait(for: old) == 6)
        watch.watch.settle(old)
        #expect(watch.wait(for: old) == nil)
    }

    @Test func `a changed zip is read when it has looked the same twice`() throws {
        let watch = try watch("old")
        #expect(!watch.look(try files("ha")))
        #expect(!watch.look(try files("half")))
        let whole = try files("halfway")
        #expect(!watch.look(whole))
        #expect(watch.look(whole))
    }

    @Test func `a folder is read when nothing in it has changed for half a minute`() throws {
        let watch = Watch(
            FeedFileWatch(files: try files("old", at: "feed/stops.txt"), fingerprint: "old"))
        #expect(!watch.look(try files("1", at: "feed/stops.txt")))
        for _ in 0..<9 { #expect(!watch.look(try FeedFiles(path: scratch.path + "/feed"))) }
        let whole = try files("2", at: "feed/trips.txt")
        #expect(watch.wait(for: whole) == 33)
    }

    @Test func `a file that is gone is not read, and one that is back is`() throws {
        let watch = try watch("old")
        #expect(!watch.look(try files(nil)))
        #expect(!watch.look(try files(nil)))
        let back = try files("old")
        #expect(!watch.look(back))
        #expect(watch.look(back))
    }

    @Test func `content in force or refused before is no news`() throws {
        let watch = try watch("old")
        #expect(!watch.watch.isNews("old"))
        #expect(watch.watch.isNews("bad"))
        let bad = try #require(try files("bad"))
        #expect(watch.wait(for: bad) != nil)
        watch.watch.refuse(bad, "bad")
        #expect(!watch.watch.isNews("bad"))
        #expect(watch.watch.isNews("new"))
        #expect(watch.wait(for: bad) == nil)
    }

    @Test func `what failed is tried again after ever longer pauses, and told once`() throws {
        let watch = try watch("old")
        let new = try files("new")
        #expect(watch.wait(for: new) == 6)
        #expect(watch.fails("the disk is full"))
        var pauses: [Double?] = []
        for _ in 0..<10 {
            pauses.append(watch.wait(for: new))
            #expect(!watch.fails("the disk is full"))
        }
        #expect(pauses == [3, 6, 12, 24, 48, 96, 192, 384, 600, 600])
        #expect(watch.fails("no permission"))
        #expect(watch.wait(for: try files("newer")) == 6, "it has changed again")
        watch.now = watch.now - 90_000
        #expect(watch.wait(for: try files("newest")) == 6, "the clock was set back")
    }
}
