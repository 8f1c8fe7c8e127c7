public import Foundation

/// Where keys, salts and slack come from; an argument, so that test vectors can be made again byte for byte.
public protocol SecureRandom: Sendable {
    /// `count` fresh bytes.
    func bytes(_ count: Int) -> Data
}

/// The operating system's generator: the only source outside tests.
public struct SystemRandom: SecureRandom {
    /// The system's generator; it has no state of its own.
    public init() {}

    /// `count` bytes from the kernel.
    public func bytes(_ count: Int) -> Data {
        var generator = SystemRandomNumberGenerator()
        var bytes = Data(capacity: count + 7)
        while bytes.count < count {
            Swift.withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
        }
        return bytes.prefix(count)
    }
}

extension SecureRandom {
    /// A whole number in `0 ..< bound`, even to within bound / 2^64.
    func number(below bound: UInt64) -> UInt64 {
        let draw = bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return bound.multipliedFullWidth(by: draw).high
    }
}
