import ArgumentParser
import Foundation

/// A command that could not do what it was asked, in one line for a person.
struct CommandFault: Error, CustomStringConvertible {
    /// What the exit status says, by the contract of the command line.
    enum Kind: Int32 {
        case findings = 1
        case usage = 2
        case unreachable = 3
    }

    let kind: Kind
    let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}

/// How the process ends.
enum Outcome {
    /// Exit status 1 without a message: the output itself tells what was found.
    static let findings = ExitCode(CommandFault.Kind.findings.rawValue)

    /// Says on standard error what went wrong, in one line, and exits with the contract's status.
    static func end(with error: any Error) -> Never {
        switch error {
        case let exit as ExitCode: Foundation.exit(exit.rawValue)
        case let fault as CommandFault:
            say(fault.description)
            Foundation.exit(fault.kind.rawValue)
        default: break
        }
        let code = TransPadang.exitCode(for: error)
        if code == .success {
            print(TransPadang.fullMessage(for: error))
            Foundation.exit(0)
        }
        if code == .validationFailure {
            say(TransPadang.message(for: error) + "; see --help")
            Foundation.exit(CommandFault.Kind.usage.rawValue)
        }
        say(String(describing: error))
        Foundation.exit(CommandFault.Kind.unreachable.rawValue)
    }

    /// One line for a person, beside the output.
    static func say(_ message: String) {
        let line = Printable.text(message.replacing("\n", with: " "))
        FileHandle.standardError.write(Data("transpadang: \(line)\n".utf8))
    }
}
