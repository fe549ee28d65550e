import Foundation
import Testing

@testable import Feeds

struct FeedJSONTests {
    private func json(_ bytes: [UInt8]) throws -> String {
        String(decoding: try FeedJSON.json(of: bytes), as: UTF8.self)
    }

    @Test func `a feed reads as JSON with snake case keys and numbers as numbers`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"), before: 5)
        let bytes = scene.feeds().tripUpdates
        #expect(
            try json(bytes) == """
                {"header":{"gtfs_realtime_version":"2.0","incrementality":"FULL_DATASET",\
                "timestamp":1795223100,"feed_version":"v"},"entity":[{"id":"trip:T1:20261121",\
                "trip_update":{"trip":{"trip_id":"T1","start_time":"08:00:00",\
                "start_date":"20261121","schedule_relationship":"SCHEDULED","route_id":"K1",\
                "direction_id":0},"stop_time_update":[{"stop_sequence":9,"arrival":{"delay":-240,\
                "time":1795223160,"uncertainty":20},"departure":{"delay":-225,\
                "time":1795223175,"uncertainty":20},"stop_id":"S6",\
                "schedule_relationship":"SCHEDULED"}],"vehicle":{"id":"7","label":"7"},\
                "timestamp":1795223090}}]}
                """
        )
    }

    @Test func `nested lists and objects close where they should`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"))
        scene.addBus("8", on: Town.run("H", start: "07:52:00"))
        scene.addStray("9")
        let bytes = scene.feeds(alerts: [.detour]).combined
        let parsed = try JSONSerialization.jsonObject(with: Data(try FeedJSON.json(of: bytes)))
        let entities = (parsed as? [String: Any])?["entity"] as? [[String: Any]]
        #expect(entities?.count == 6)
        let alert = entities?.last?["alert"] as? [String: Any]
        let description = alert?["description_text"] as? [String: [[String: String]]]
        #expect(description?["translation"]?.last?["text"] == "Via Sudirman\nStreet")
        #expect((alert?["informed_entity"] as? [[String: String]])?.count == 2)
    }

    @Test func `controls and quotes are escaped`() throws {
        let bytes = Scene().feeds(version: "\"\\\n\u{1}\u{1f}é").tripUpdates
        #expect(try json(bytes).contains(#""feed_version":"\"\\\n\u0001\u001fé""#))
    }

    @Test func `what is no number is null`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"))
        let bytes = scene.feeds(version: "").vehiclePositions
        let infinite: [UInt8] = [0, 0, 128, 127]
        let bearing: [UInt8] = [0, 0, 180, 66]
        let place = try #require(bytes.firstRange(of: bearing))
        var damaged = bytes
        damaged.replaceSubrange(place, with: infinite)
        #expect(try json(damaged).contains(#""bearing":null"#))
    }
}
