import FuzzedFeeds
import TransitModel

@testable import Ingestion

/// A body of our own format.
struct NativeMessage {
    private let body: [UInt8]

    init(_ body: [UInt8]) { self.body = body }

    /// Stops the fuzzer where the quick reading and the careful one differ, and at odd pings.
    func requirePromises() {
        for vehicle in [nil, "bus"] {
            guard let batch = decode(body, vehicle) else { continue }
            batch.requirePromises()
            require(
                batch.pings.count + batch.rejections.count <= NativePingDecoder.mostElements,
                "nothing comes twice")
            if let vehicle {
                require(batch.pings.allSatisfy { $0.vehicleID == vehicle }, "the token counts")
            }
        }
        var scanner = JSONScanner(body)
        if scanner.skip(.openBracket) {
            repeat { guard requireAgreement(&scanner) else { return } } while scanner.skipComma()
        } else {
            _ = requireAgreement(&scanner)
        }
    }

    /// Compares both readings of the next element; false when the quick one does not want it.
    private func requireAgreement(_ scanner: inout JSONScanner) -> Bool {
        scanner.skipBlanks()
        let start = scanner.position
        guard let plain = PlainPing(from: &scanner) else { return false }
        let element = Array(body[start..<scanner.position])
        guard element.count < NativePingDecoder.longestElement - 100 else { return true }
        for (vehicle, settings) in [(nil, WireSettings()), ("bus", Self.oddSettings)] {
            guard let ping = plain.ping(vehicleID: vehicle, settings, receivedAt: now) else {
                continue
            }
            // A field that only the careful reading takes.
            let odd = Array(#"{"":[],"#.utf8) + element.dropFirst()
            require(
                decode(odd, vehicle, settings) == PingBatch(pings: [ping]),
                "both readings give the same")
        }
        return true
    }

    private static let oddSettings = WireSettings(
        speedUnit: .kilometresPerHour, isSwapped: true, zoneOffset: 25_200)

    private func decode(
        _ body: [UInt8], _ vehicle: String?, _ settings: WireSettings = WireSettings()
    ) -> PingBatch? {
        try? NativePingDecoder.decode(
            body, vehicleID: vehicle, settings: settings, receivedAt: now)
    }
}

extension JSONScanner {
    fileprivate mutating func skipComma() -> Bool { skip(UInt8(ascii: ",")) }
}
