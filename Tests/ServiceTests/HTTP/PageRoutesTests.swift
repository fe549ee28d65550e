import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import Service

struct PageRoutesTests {
    @Test func `every file of the pages is served`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Service/Pages").standardized
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(names) == Set(PageFiles.all.keys))
        for name in names {
            let bytes = try Data(contentsOf: folder.appending(path: name))
            #expect(PageFiles.all[name].map { Data($0.plain.readableBytesView) } == bytes)
        }
    }

    @Test func `what the description promises is there`() async throws {
        let town = try await Town.open()
        try await town.app.test(.router) { client in
            let answer = try await client.execute(uri: "/openapi.json", method: .get)
            #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
            let description = try #require(
                JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView))
                    as? [String: Any])
            #expect(description["openapi"] as? String == "3.1.0")
            let paths = try #require(description["paths"] as? [String: [String: Any]])
            for (path, operations) in paths where !path.contains("{") {
                for name in operations.keys {
                    let method = try #require(HTTPRequest.Method(name.uppercased()))
                    let status = try await client.execute(uri: path, method: method).status
                    #expect(status != .notFound && status != .methodNotAllowed, "\(name) \(path)")
                }
            }
        }
    }

    @Test func `the map, the displays and the accuracy are pages`() async throws {
        let town = try await Town.open()
        try await town.app.test(.router) { client in
            for uri in ["/", "/board/a", "/board/none", "/accuracy"] {
                let answer = try await client.execute(uri: uri, method: .get)
                #expect(answer.status == .ok)
                #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
            }
            let script = try await client.execute(uri: "/pages/map.js", method: .get)
            #expect(script.headers[.contentType] == "text/javascript; charset=utf-8")
            let none = try await client.execute(uri: "/pages/none.js", method: .get)
            #expect(none.status == .notFound)
        }
    }

    @Test func `pages are told what they cannot know`() async throws {
        let town = try await Town.open()
        try await town.app.test(.router) { client in
            let answer = try await client.execute(uri: "/pages/config.json", method: .get)
            #expect(
                String(buffer: answer.body)
                    == #"{"agency":"Kota <Kecil>","center":[-0.95,100.37],"tiles":null}"#)
        }
    }

    @Test func `Leaflet comes from its folder and from nowhere else`() async throws {
        let folder = NSTemporaryDirectory() + "leaflet-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder + "/images", withIntermediateDirectories: true)
        try Data("L".utf8).write(to: URL(filePath: folder + "/leaflet.js"))
        try Data("p".utf8).write(to: URL(filePath: folder + "/images/marker.png"))
        try await leaflet(folder).test(.router) { client in
            let script = try await client.execute(uri: "/leaflet/leaflet.js", method: .get)
            #expect(String(buffer: script.body) == "L")
            let image = try await client.execute(uri: "/leaflet/images/marker.png", method: .get)
            #expect(image.headers[.contentType] == "image/png")
            for name in ["..%2Fx.js", ".hidden.js", "none.js", "leaflet.sh", "images"] {
                let answer = try await client.execute(uri: "/leaflet/\(name)", method: .get)
                #expect(answer.status == .notFound)
            }
        }
    }

    @Test func `without Leaflet the answer says what to install`() async throws {
        try await leaflet("/nonexistent").test(.router) { client in
            let answer = try await client.execute(uri: "/leaflet/leaflet.js", method: .get)
            #expect(answer.status == .notFound)
            #expect(String(buffer: answer.body).contains("libjs-leaflet"))
        }
    }

    private func leaflet(_ folder: String) -> some ApplicationProtocol {
        let router = Router()
        router.add(middleware: PublicGate(logger: Logger(label: "leaflet")))
        LeafletRoutes(folder: folder).add(to: router)
        return Application(router: router)
    }
}
