import ArgumentParser
import Foundation
import Service

/// `transpadang device`.
struct DeviceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "device", abstract: "Say which tracker may speak for which bus.",
        subcommands: [DeviceAdd.self, DeviceList.self, DeviceRevoke.self])
}

/// `transpadang device add ID --vehicle VEHICLE`.
struct DeviceAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Let a tracker in; prints its token, once.")

    @Argument(help: "The operator's name for the tracker.")
    var id: String

    @Option(help: "The vehicle that it may report.")
    var vehicle: String?

    @Flag(
        help:
            "It is a gateway, such as a Traccar server: it may report every other device's vehicle."
    )
    var gateway = false

    @Flag(name: .customLong("signed"), help: "It signs its messages; prints its key, once.")
    var isSigning = false

    @Option(help: "How it writes: speed=mps|kmh|mph|kn, swapped, zone=+07:00; several with commas.")
    var wire: String?

    @OptionGroup var control: ControlOptions

    func validate() throws {
        guard (vehicle != nil) != gateway else {
            throw ValidationError("give either --vehicle VEHICLE or --gateway")
        }
    }

    func run() async throws {
        let order = NewDevice(id: id, vehicle: vehicle, wire: wire, isSigning: isSigning)
        try await control.ask { client in
            let answer = try await client.post(order, to: "devices")
            print(try JSONDecoder().decode(DeviceToken.self, from: answer).token)
        }
        let secret = isSigning ? "key" : "token"
        Outcome.say("the \(secret) above is shown only now: put it into the tracker")
    }
}

/// `transpadang device list`.
struct DeviceList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the trackers and their buses.")

    @OptionGroup var control: ControlOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show("devices", from: control) { (answer: DevicesResponse) in
            var table = TextTable(["DEVICE", "VEHICLE", "PROOF", "WIRE", "STATE"])
            for device in answer.devices {
                table.add([
                    device.id, device.vehicle ?? "all (gateway)", device.proof, device.wire,
                    device.revokedAt == nil ? "in force" : "revoked",
                ])
            }
            return table.text
        }
    }
}

/// `transpadang device revoke ID`.
struct DeviceRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Shut a tracker out.")

    @Argument(help: "The tracker's name.")
    var id: String

    @OptionGroup var control: ControlOptions

    func run() async throws {
        try await control.ask { client in
            let answer = try await client.delete("devices/\(id.pathPart)")
            print(try JSONDecoder().decode(ControlReceipt.self, from: answer).done)
        }
    }
}

extension DevicesResponse.Row {
    /// What it proves itself with.
    fileprivate var proof: String { isSigning ? "signature" : "token" }
}
