import Testing

@testable import Service

@Suite struct `An MQTT address` {
    @Test func `is taken apart`() throws {
        let address = try MQTTAddress("mqtts://me:p%40ss@broker.example/hfp/v2/+/ongoing/%23")
        #expect(address.host == "broker.example")
        #expect(address.port == 8883)
        #expect(address.isSecure)
        #expect(address.user == "me")
        #expect(address.password == "p@ss")
        #expect(address.path == "/hfp/v2/+/ongoing/#")
        #expect(address.description == "mqtts://broker.example:8883/hfp/v2/+/ongoing/#")
    }

    @Test(arguments: [
        ("mqtt://localhost/a", 1883, "localhost"), ("MQTT://[::1]:1884/a", 1884, "::1"),
    ])
    func `has the port of its scheme unless it names one`(
        text: String, port: Int, host: String
    ) throws {
        let address = try MQTTAddress(text)
        #expect(address.port == port)
        #expect(address.host == host)
        #expect(address.user == nil && address.password == nil && !address.isSecure)
    }

    @Test(arguments: [
        "", "mqtt://", "mqtt://host", "mqtt://host/", "http://host/a", "mqtt:///a",
        "mqtt://me:hush@host/a%23", "mqtt://host/%23/a", "mqtt://host/a+b/c", "mqtt://host/a%00",
        "mqtt://host/a?b", "mqtt://host:99999/a",
    ])
    func `anything else is refused in a line that does not repeat it`(text: String) {
        let fault = #expect(throws: ServiceFault.self) { try MQTTAddress(text) }
        #expect(fault?.description.contains("mqtt://HOST/TOPIC") == true)
        #expect(fault?.description.contains("hush") == false)
    }

    @Test(arguments: [("buses/46", "46"), ("46", "46"), ("buses/", nil), ("", nil)])
    func `a topic's last level names a vehicle`(topic: String, level: String?) {
        #expect(MQTTTopic.lastLevel(topic) == level)
    }
}
