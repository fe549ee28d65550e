extension Double {
    /// The nearest whole number; 0 for what is not a number or too large to be one.
    var whole: Int { Int(exactly: rounded()) ?? 0 }

    /// The nearest number with so many decimal places.
    func rounded(places: Int) -> Double {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        return (self * scale).rounded() / scale
    }
}
