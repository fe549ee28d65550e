/// The parts of a number, as far as they are needed to make a double of it exactly.
struct JSONNumber {
    private var digits: UInt64 = 0
    private var digitCount = 0
    /// Power of ten that the digits are to be multiplied with.
    private var exponent = 0
    private var isNegative = false

    /// Passes over a number by the grammar of JSON and answers where it ends.
    mutating func scan(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        var place = range.lowerBound
        func byte() -> UInt8? { place < range.upperBound ? bytes[place] : nil }
        if byte() == .minus {
            isNegative = true
            place += 1
        }
        let whole = place
        take(bytes, &place, range.upperBound)
        guard place > whole, bytes[whole] != .zero || place == whole + 1 else { return nil }
        if byte() == .point {
            place += 1
            let fraction = place
            take(bytes, &place, range.upperBound)
            guard place > fraction else { return nil }
            exponent = fraction - place
        }
        guard byte() == .smallE || byte() == .largeE else { return place }
        return scanExponent(bytes, place + 1, range.upperBound)
    }

    private mutating func take(_ bytes: [UInt8], _ place: inout Int, _ end: Int) {
        while place < end, 0x30...0x39 ~= bytes[place] {
            digits = digits &* 10 &+ UInt64(bytes[place] - 0x30)
            if digits > 0 { digitCount += 1 }
            place += 1
        }
    }

    private mutating func scanExponent(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
        var place = start
        var sign = 1
        if place < end, bytes[place] == .minus || bytes[place] == .plus {
            sign = bytes[place] == .minus ? -1 : 1
            place += 1
        }
        let first = place
        var power = 0
        while place < end, 0x30...0x39 ~= bytes[place] {
            power = min(power * 10 + Int(bytes[place] - 0x30), 100_000)
            place += 1
        }
        exponent += sign * power
        return place > first ? place : nil
    }

    /// The double nearest to the number; nil beyond the greatest.
    func value(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
        let exact = digitCount <= 15 && -22...22 ~= exponent
        guard exact else {
            let slow = Double(String(decoding: bytes[range], as: UTF8.self))
            return slow.flatMap { $0.isFinite ? $0 : nil }
        }
        // Both are exact as doubles, so that one rounding gives the nearest (W. D. Clinger, "How to
        // Read Floating Point Numbers Accurately", 1990).
        let power = Self.powersOfTen[abs(exponent)]
        let size = exponent < 0 ? Double(digits) / power : Double(digits) * power
        return isNegative ? -size : size
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
}

extension UInt8 {
    fileprivate static let point = UInt8(ascii: ".")
    fileprivate static let minus = UInt8(ascii: "-")
    fileprivate static let plus = UInt8(ascii: "+")
    fileprivate static let zero = UInt8(ascii: "0")
    fileprivate static let smallE = UInt8(ascii: "e")
    fileprivate static let largeE = UInt8(ascii: "E")
}
