import Foundation

/// The stored spelling of every random identifier: a letter that says what it names, and 128 random bits.
///
/// None carries order, time or owner, so two identifiers never hint at each other.
enum Identifier {
    static let byteCount = 16

    enum Kind: String {
        case alias = "r_"
        case record = "i_"
        case entry = "e_"
        case document = "d_"
        case group = "g_"
        case staff = "a_"
        case notice = "n_"
        case vault = "v_"
    }

    static func fresh(_ kind: Kind) -> String {
        kind.rawValue + randomBytes(byteCount).hexadecimal
    }
}

/// Bytes from the system's generator, which cannot fail on the platforms we run on.
func randomBytes(_ count: Int) -> Data {
    var generator = SystemRandomNumberGenerator()
    var bytes = Data(capacity: count)
    while bytes.count < count {
        withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0.prefix(count - bytes.count)) }
    }
    return bytes
}

extension Data {
    /// Lower-case base 16.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(count * 2)
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count % 2 == 0 else { return nil }
        var bytes = Data(capacity: digits.count / 2)
        for pair in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(digits[pair]), let low = Self.value(digits[pair + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self = bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// The one JSON form that is signed or sealed here: sorted keys, no escaped slashes, no white space.
enum CanonicalJSON {
    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// - Throws: ``VaultFault/damaged(_:)`` naming `what` if the bytes are not that form.
    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: Data, what: String) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: bytes)
        } catch {
            throw VaultFault.damaged(what)
        }
    }
}
