/// Words, and values of options.
public struct Arguments {
    /// What stands without an option before it.
    public private(set) var words: [String] = []
    /// What follows `--name`, by name.
    public private(set) var options: [String: String] = [:]

    /// Reads a command line without the program's name.
    public init(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument.hasPrefix("--") {
                options[String(argument.dropFirst(2))] = rest.popFirst()
            } else {
                words.append(argument)
            }
        }
    }

    /// A whole number, or what holds without the option.
    public func number(_ name: String, _ otherwise: Int) -> Int {
        options[name].flatMap { Int($0) } ?? otherwise
    }
}
