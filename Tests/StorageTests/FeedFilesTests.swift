import Foundation
import Testing

@testable import Storage

@Suite struct `Feed files` {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func write(_ text: String, _ name: String) throws {
        let url = URL(filePath: scratch.file(name))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    private func touch(_ name: String) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1e9)],
            ofItemAtPath: scratch.file(name))
    }

    @Test func `where nothing lies there is nothing to look at`() {
        #expect(FeedFiles(path: scratch.file("none.zip")) == nil)
    }

    @Test func `a touched file looks different and has the same content`() throws {
        try write("abc", "feed.zip")
        let before = try #require(FeedFiles(path: scratch.file("feed.zip")))
        try touch("feed.zip")
        let after = try #require(FeedFiles(path: scratch.file("feed.zip")))
        #expect(before != after)
        #expect(try before.fingerprint() == after.fingerprint())
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(try after.fingerprint() == known)
    }

    @Test func `a link is as changed as what it leads to`() throws {
        try write("old", "feed.zip")
        let link = scratch.file("link.zip")
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: scratch.file("feed.zip"))
        let before = try #require(FeedFiles(path: link))
        try touch("feed.zip")
        #expect(FeedFiles(path: link) != before)
    }

    @Test func `a folder is known by names and contents of its text files`() throws {
        try write("1", "feed/stops.txt")
        try write("x", "feed/readme.md")
        let path = scratch.file("feed")
        let first = try #require(FeedFiles(path: path)).fingerprint()
        try write("y", "feed/readme.md")
        #expect(try FeedFiles(path: path)?.fingerprint() == first)
        try write("2", "feed/stops.txt")
        let second = try FeedFiles(path: path)?.fingerprint()
        #expect(second != first)
        try FileManager.default.moveItem(
            atPath: path + "/stops.txt", toPath: path + "/trips.txt")
        #expect(try FeedFiles(path: path)?.fingerprint() != second)
    }

    @Test func `files may lie one folder deeper`() throws {
        try write("1", "feed/inner/stops.txt")
        let files = try #require(FeedFiles(path: scratch.file("feed")))
        #expect(files.files.map(\.name) == ["inner/stops.txt"])
    }
}
