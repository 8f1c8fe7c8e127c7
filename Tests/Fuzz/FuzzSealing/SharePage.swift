import Crypto
public import Foundation

/// A recovery share's page that holds the bytes, with all its checks right whatever they mean.
///
/// Written from the format's page and not with the room's own code, which writes only what makes sense.
public enum SharePage {
    /// What stands on a page before its checksum.
    public static let byteCount = 45

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// The five numbered lines.
    public static func text(of bytes: Data) -> String {
        precondition(bytes.count == byteCount)
        let sum = SHA256.hash(data: Data("strongroom/recovery-page/v1".utf8) + [0] + bytes).prefix(5)
        let values = values(of: bytes + sum)
        return (1...5).map { number in line(number, Array(values[((number - 1) * 16)..<(number * 16)])) }.joined()
    }

    private static func line(_ number: Int, _ values: [Int]) -> String {
        let rest = values.reduce(number) { ($0 * 32 + $1) % 1_021 }
        return "\(number) \(String((values + [rest / 32, rest % 32]).map { alphabet[$0] }))\n"
    }

    /// Five bits each, the highest first.
    private static func values(of bytes: Data) -> [Int] {
        let bits = bytes.flatMap { byte in (0..<8).map { Int(byte >> (7 - $0)) & 1 } }
        return stride(from: 0, to: bits.count, by: 5).map { bits[$0..<($0 + 5)].reduce(0) { $0 << 1 | $1 } }
    }
}
