import Feeds
import Hummingbird
import Ingestion
import Storage
import TransitModel

/// Who may post pings.
struct DeviceRoutes {
    let live: LiveService

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("devices", method: .get, use: list)
        router.on("devices", method: .post, use: add)
        router.on("devices/:device_id", method: .delete, use: revoke)
    }

    private func list(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let rows = try live.stores.devices.list().map(DevicesResponse.Row.init)
        return try .fresh(WireJSON.encode(DevicesResponse(devices: rows)), .json)
    }

    private func add(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let order = try await request.order(NewDevice.self)
        for (name, value) in [("id", order.id), ("vehicle", order.vehicle ?? "-")] {
            guard (1...128).contains(value.utf8.count) else {
                throw Refusal.badParameter(name, "it has 1 to 128 bytes")
            }
        }
        let token = try live.stores.devices.add(
            Device(
                id: order.id, vehicleID: order.vehicle, wire: try order.settings.text,
                isSigning: order.isSigning ?? false, addedAt: await live.moment()))
        return try .fresh(WireJSON.encode(DeviceToken(id: order.id, token: token)), .json)
    }

    private func revoke(
        _ request: Request, _ context: BasicRequestContext
    ) async throws -> Response {
        let id = try Query(request, context).pathPart("device_id")
        guard try live.stores.devices.revoke(id: id, at: await live.moment()) else {
            throw Refusal.notFound("no device \(id) is in force")
        }
        return try .fresh(WireJSON.encode(ControlReceipt(done: "device \(id) is shut out")), .json)
    }
}

extension NewDevice {
    /// How it writes.
    fileprivate var settings: WireSettings {
        get throws {
            do throws(PingFault) {
                return try WireSettings(wire ?? "")
            } catch {
                throw Refusal(.badRequest, error.description)
            }
        }
    }
}

extension DevicesResponse.Row {
    init(_ device: Device) {
        id = device.id
        wire = device.wire
        isSigning = device.isSigning
        addedAt = device.addedAt.unix
        vehicle = device.vehicleID
        revokedAt = device.revokedAt?.unix
    }
}
