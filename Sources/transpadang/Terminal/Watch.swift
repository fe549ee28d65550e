import ArgumentParser
import Foundation

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
            let page = watch && !json ? "\u{1B}[H\u{1B}[2J" + text : text
            FileHandle.standardOutput.write(Data((page + "\n").utf8))
            if watch { try await Task.sleep(for: .seconds(2)) }
        } while watch
    }

    /// Prints what the service answers: its JSON as it is, or a page made of it.
    func show<Answer: Decodable>(
        _ path: String, from control: ControlOptions, page: (Answer) -> String
    ) async throws {
        try await control.ask { client in
            try await show {
                let answer = try await client.get(path)
                return json
                    ? answer.text : page(try JSONDecoder().decode(Answer.self, from: answer))
            }
        }
    }
}
