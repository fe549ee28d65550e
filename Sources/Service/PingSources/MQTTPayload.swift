import Ingestion
import TransitModel

extension MQTTSource.Payload {
    /// Reads a message into pings.
    func decode(
        _ message: Mosquitto.Message, _ settings: WireSettings, receivedAt: Timestamp
    ) throws(PingFault) -> PingBatch {
        switch self {
        case .hfp:
            let ping = try HFPDecoder.decode(
                topic: message.topic, payload: message.payload, settings: settings,
                receivedAt: receivedAt)
            return PingBatch(pings: ping.map { [$0] } ?? [])
        case .native(let onlyTopic):
            return try native(message, onlyTopic: onlyTopic, settings, receivedAt: receivedAt)
        }
    }

    private func native(
        _ message: Mosquitto.Message, onlyTopic: Bool, _ settings: WireSettings,
        receivedAt: Timestamp
    ) throws(PingFault) -> PingBatch {
        let vehicleID = MQTTTopic.lastLevel(message.topic)
        let batch = try NativePingDecoder.decode(
            message.payload, vehicleID: vehicleID, settings: settings, receivedAt: receivedAt)
        let namesOthers = batch.rejections.contains { $0.reason.kind == .otherVehicle }
        guard namesOthers, !onlyTopic else { return batch }
        return try NativePingDecoder.decode(
            message.payload, vehicleID: nil, settings: settings, receivedAt: receivedAt)
    }
}
