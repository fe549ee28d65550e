import ArgumentParser

/// Options that every command has which prints what the service knows.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON, as the service sent it.")
    var json = false

    @Flag(help: "Print again every two seconds until interrupted.")
    var watch = false

    /// Prints once, or again and again over a cleared screen.
    func show(_ page: () async throws -> String) async throws {
        repeat {
            let text = try await page()
            print(watch && !json ? "\u{1B}[H\u{1B}[2J" + text : text)
            if watch { try await Task.sleep(for: .seconds(2)) }
        } while watch
    }
}
