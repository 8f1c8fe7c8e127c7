import Foundation

/// Joins byte strings so that no two different lists give the same bytes.
enum Framing {
    /// Each part as its length (four bytes, big-endian) and its bytes.
    static func join(_ parts: [Data]) -> Data {
        parts.reduce(into: Data()) { joined, part in
            joined.append(bigEndian: UInt32(part.count))
            joined.append(part)
        }
    }
}

/// Reads a byte string from front to back; running out is a malformed object, never a trap.
struct ByteReader {
    private(set) var rest: Data

    init(_ bytes: Data) { rest = bytes }

    mutating func take(_ count: Int) throws -> Data {
        guard count >= 0, count <= rest.count else { throw SealingFault.malformed("it ends too early") }
        defer { rest = rest.dropFirst(count) }
        return Data(rest.prefix(count))
    }

    mutating func takeBigEndianUInt32() throws -> UInt32 {
        try take(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func takeRest() -> Data {
        defer { rest = Data() }
        return Data(rest)
    }

    func expectEnd() throws {
        guard rest.isEmpty else { throw SealingFault.malformed("something follows its end") }
    }
}

extension Data {
    mutating func append(bigEndian number: UInt32) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }

    /// Equality that takes the same time wherever the first difference lies.
    func matches(_ other: Data) -> Bool {
        count == other.count && zip(self, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Lower-case hexadecimal.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Bytes from lower-case hexadecimal, or nothing.
    init?(hexadecimal text: some StringProtocol) {
        let digits = text.utf8.map { byte -> UInt8? in
            switch byte {
            case 0x30...0x39: byte - 0x30
            case 0x61...0x66: byte - 0x61 + 10
            default: nil
            }
        }
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
        let nibbles = digits.compactMap(\.self)
        self.init(stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] })
    }
}
