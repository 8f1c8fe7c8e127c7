/// Arithmetic in GF(2^8) with the polynomial of AES, x^8 + x^4 + x^3 + x + 1.
///
/// No tables and no branches on the operands: shares of a secret are secret.
enum GaloisField {
    static func multiply(_ one: UInt8, _ other: UInt8) -> UInt8 {
        var product: UInt8 = 0
        var power = one
        for bit in 0..<8 {
            product ^= power & (0 &- (other >> UInt8(bit) & 1))
            power = power << 1 ^ (0x1B & (0 &- (power >> 7)))
        }
        return product
    }

    /// The inverse, that is the 254th power; of zero, zero.
    static func inverse(_ element: UInt8) -> UInt8 {
        (0..<6).reduce(element) { power, _ in multiply(multiply(power, power), element) }.squared
    }

    /// The value at `x` of the polynomial with these coefficients, the constant first.
    static func evaluate(_ coefficients: [UInt8], at x: UInt8) -> UInt8 {
        coefficients.reversed().reduce(0) { multiply($0, x) ^ $1 }
    }

    /// The value at `x` of the least polynomial through these points, whose places differ.
    static func interpolate(_ points: [(x: UInt8, y: UInt8)], at x: UInt8) -> UInt8 {
        points.reduce(0) { sum, point in
            let weight = points.filter { $0.x != point.x }.reduce(UInt8(1)) { weight, other in
                multiply(weight, multiply(x ^ other.x, inverse(point.x ^ other.x)))
            }
            return sum ^ multiply(weight, point.y)
        }
    }
}

extension UInt8 {
    fileprivate var squared: UInt8 { GaloisField.multiply(self, self) }
}
