import Foundation

/// Crockford's base 32: digits and capitals without I, L, O and U, forgiving to those who copy by hand.
enum Crockford {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// Eight characters for each five bytes.
    ///
    /// - Requires: a multiple of five bytes.
    static func encode(_ bytes: Data) -> String {
        precondition(bytes.count.isMultiple(of: 5))
        var bits: UInt64 = 0
        var text: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            bits = bits << 8 | UInt64(byte)
            guard index % 5 == 4 else { continue }
            text += stride(from: 35, through: 0, by: -5).map { alphabet[Int(bits >> UInt64($0) & 31)] }
            bits = 0
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The value of each character; nothing if one has none. Small letters count as capitals, O as 0, I and L as 1.
    static func values(of text: some StringProtocol) -> [UInt8]? {
        let values = text.uppercased().utf8.map { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "O"): 0
            case UInt8(ascii: "I"), UInt8(ascii: "L"): 1
            default: alphabet.firstIndex(of: byte).map(UInt8.init)
            }
        }
        return values.contains(nil) ? nil : values.compactMap(\.self)
    }

    /// The bytes of whole groups of eight values.
    static func bytes(of values: [UInt8]) -> Data {
        precondition(values.count.isMultiple(of: 8))
        return stride(from: 0, to: values.count, by: 8).reduce(into: Data()) { bytes, start in
            let bits = values[start..<start + 8].reduce(UInt64(0)) { $0 << 5 | UInt64($1) }
            for shift in stride(from: UInt64(32), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
        }
    }

    /// The character for a value below 32.
    static func character(_ value: Int) -> String { String(decoding: [alphabet[value]], as: UTF8.self) }
}
