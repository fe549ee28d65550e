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
    var vehicle: String

    @OptionGroup var control: ControlOptions

    func run() async throws {
        let order = NewDevice(id: id, vehicle: vehicle)
        try await control.ask { client in
            let answer = try await client.post(order, to: "devices")
            print(try JSONDecoder().decode(DeviceToken.self, from: answer).token)
        }
        Outcome.say("the token above is shown only now: put it into the tracker")
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
            var table = TextTable(["DEVICE", "VEHICLE", "STATE"])
            for device in answer.devices {
                table.add([
                    device.id, device.vehicle, device.revokedAt == nil ? "in force" : "revoked",
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
