import Geometry
import Ingestion
import Testing
import TransitModel

@testable import Service

@Suite struct `The payload of an MQTT message` {
    private let arrival = Timestamp(unix: 1_782_087_280)

    private func decode(
        _ text: String, topic: String = "padang/buses/46", onlyTopic: Bool = false,
        _ settings: WireSettings = WireSettings()
    ) throws -> PingBatch {
        let message = Mosquitto.Message(topic: topic, payload: Array(text.utf8))
        return try MQTTSource.Payload.native(onlyTopic: onlyTopic)
            .decode(message, settings, receivedAt: arrival)
    }

    private func ping(_ vehicle: String?) -> String {
        let name = vehicle.map { #""vehicle_id":"\#($0)","# } ?? ""
        return "{\(name)\"timestamp\":1782087271,\"latitude\":-0.93,\"longitude\":100.39}"
    }

    @Test func `is of the vehicle of the topic when it names none`() throws {
        #expect(try decode(ping(nil)).pings.map(\.vehicleID) == ["46"])
        #expect(try decode("[\(ping(nil)),\(ping("46"))]").pings.map(\.vehicleID) == ["46", "46"])
    }

    @Test func `may name other vehicles`() throws {
        let pings = try decode("[\(ping("7")),\(ping("8"))]", topic: "padang/pings").pings
        #expect(pings.map(\.vehicleID) == ["7", "8"])
    }

    @Test func `may not where only the topic counts`() throws {
        let batch = try decode("[\(ping("7")),\(ping("46"))]", onlyTopic: true)
        #expect(batch.pings.map(\.vehicleID) == ["46"])
        #expect(batch.rejections.map(\.reason.kind) == [.otherVehicle])
    }

    @Test(arguments: ["", #""vehicle_id":"7","#])
    func `is read as the source's settings say`(name: String) throws {
        let text = """
            {\(name)"timestamp":1782087271,"latitude":100.39,"longitude":-0.93,"speed_mps":36}
            """
        let ping = try decode(text, try WireSettings("speed=kmh,swapped")).pings.first
        #expect(ping?.speed == 10)
        #expect(ping?.coordinate == Coordinate(latitude: -0.93, longitude: 100.39))
    }

    @Test func `must name a vehicle when the topic does not`() throws {
        let batch = try decode(ping(nil), topic: "padang/")
        #expect(batch.rejections.map(\.reason.kind) == [.missing])
        #expect(try decode(ping("7"), topic: "padang/").pings.map(\.vehicleID) == ["7"])
    }

    @Test func `that is no JSON is an error`() {
        #expect(throws: PingFault.self) { try decode("offline") }
    }

    @Test func `of HFP is none of an event that is not on a vehicle's way`() throws {
        let message = Mosquitto.Message(
            topic: "/hfp/v2/journey/ongoing/tlr/bus/0055/01216/1069/1",
            payload: Array(#"{"TLR":{}}"#.utf8))
        let batch = try MQTTSource.Payload.hfp
            .decode(message, WireSettings(), receivedAt: arrival)
        #expect(batch == PingBatch())
    }
}
