import ArgumentParser
import Feeds

/// `transpadang accuracy`.
struct AccuracyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accuracy",
        abstract: "Say how well riders were told, where and when not, and why.")

    @Option(help: "So many service days up to today.")
    var days = 7

    @Option(help: "Only this route.")
    var route: String?

    @OptionGroup var control: ControlOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let path = "accuracy?days=\(days)" + (route.map { "&route=\($0.pathPart)" } ?? "")
        try await output.show(path, from: control, page: AccuracyText.page)
    }
}
