import ETAEngine
import Feeds
import Foundation
import Hummingbird
import HummingbirdTesting
import Ingestion
import NIOCore
import Storage
import Testing
import TransitModel

@testable import Service

struct FeedRoutesTests {
    @Test(arguments: ["trip-updates", "vehicle-positions", "service-alerts", "feed"])
    func `each feed comes in three forms`(name: String) async throws {
        let town = try await Town.open()
        try await town.drive()
        try await town.app.test(.router) { client in
            let plain = try await client.execute(uri: "/gtfs-rt/\(name)", method: .get)
            #expect(plain.status == .ok)
            #expect(plain.headers[.contentType] == "application/x-protobuf")
            #expect(plain.headers[.accessControlAllowOrigin] == "*")
            #expect(plain.headers[.xContentTypeOptions] == "nosniff")
            let feed = try FeedDecoder().decode(Array(plain.body.readableBytesView))
            #expect(feed.timestamp == town.live.showcase.published?.timestamp)
            let same = try await client.execute(uri: "/gtfs-rt/\(name).pb", method: .get)
            #expect(same.body == plain.body)
            let json = try await client.execute(uri: "/gtfs-rt/\(name).json", method: .get)
            #expect(json.headers[.contentType] == "application/json; charset=utf-8")
            #expect(String(buffer: json.body).contains("gtfs_realtime_version"))
            let text = try await client.execute(uri: "/gtfs-rt/\(name).pbtext", method: .get)
            #expect(String(buffer: text.body).contains("gtfs_realtime_version: \"2.0\""))
        }
    }

    @Test func `all feeds of one moment are of one generation`() async throws {
        let town = try await Town.open()
        try await town.drive()
        try await town.app.test(.router) { client in
            var tags: Set<String> = []
            for name in FeedName.allCases {
                let answer = try await client.execute(
                    uri: "/gtfs-rt/\(name.rawValue)", method: .get)
                tags.insert(try #require(answer.headers[.eTag]))
            }
            #expect(tags.count == 1)
        }
    }

    @Test func `HEAD has the headers of GET and no body`() async throws {
        let town = try await Town.open()
        try await town.app.test(.router) { client in
            let get = try await client.execute(uri: "/gtfs-rt/feed", method: .get)
            let head = try await client.execute(uri: "/gtfs-rt/feed", method: .head)
            #expect(head.body.readableBytes == 0)
            #expect(head.headers == get.headers)
        }
    }

    @Test func `a client that has the feed is told so`() async throws {
        let town = try await Town.open()
        try await town.app.test(.router) { client in
            let first = try await client.execute(uri: "/gtfs-rt/feed", method: .get)
            let tag = try #require(first.headers[.eTag])
            let second = try await client.execute(
                uri: "/gtfs-rt/feed", method: .get, headers: [.ifNoneMatch: tag])
            #expect(second.status == .notModified)
            #expect(second.body.readableBytes == 0)
            town.time.advance(by: 2)
            await town.live.publish()
            let third = try await client.execute(
                uri: "/gtfs-rt/feed", method: .get, headers: [.ifNoneMatch: tag])
            #expect(third.status == .ok)
        }
    }

    @Test func `there are no feeds before there is a timetable`() async throws {
        let town = try Town()
        try await town.app.test(.router) { client in
            for uri in ["/gtfs-rt/feed", "/readyz", "/gtfs.zip", "/api/v1/routes"] {
                let answer = try await client.execute(uri: uri, method: .get)
                #expect(answer.status == .serviceUnavailable)
                #expect(answer.headers[.retryAfter] == "1")
            }
            let health = try await client.execute(uri: "/healthz", method: .get)
            #expect(health.status == .ok)
            #expect(String(buffer: health.body).contains(#""status":"starting""#))
        }
    }

    @Test func `the archive is a GTFS that can be loaded`() async throws {
        let town = try await Town.open()
        let path = town.folder + "/downloaded.zip"
        try await town.app.test(.router) { client in
            let answer = try await client.execute(uri: "/gtfs.zip", method: .get)
            #expect(answer.headers[.contentType] == "application/zip")
            #expect(answer.headers[.lastModified] != nil)
            try Data(answer.body.readableBytesView).write(to: URL(filePath: path))
        }
        let network = try ScheduleLoader.load(path: path).network
        #expect(network.version == "town-1")
        #expect(network.stops.count == 3)
        let served = try TimetableArchive(#require(FeedFiles(path: path)))
        #expect(
            served.bytes
                == town.live.showcase.published.map {
                    Array($0.timetable.archive.plain.readableBytesView)
                })
    }
}
