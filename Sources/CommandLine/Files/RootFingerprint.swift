import ArgumentParser
import Foundation

/// A vault's root as it is read out over the telephone: `VAULTID:FINGERPRINT`.
package struct RootFingerprint: ExpressibleByArgument, CustomStringConvertible {
    static let byteCount = 32

    let vault: String
    let fingerprint: Data

    init(vault: String, fingerprint: Data) {
        self.vault = vault
        self.fingerprint = fingerprint
    }

    /// Reads `VAULTID:FINGERPRINT`, the fingerprint in base 16 with or without spaces.
    package init?(argument: String) {
        guard let colon = argument.firstIndex(of: ":") else { return nil }
        let digits = argument[argument.index(after: colon)...].filter { !$0.isWhitespace }
        guard digits.allSatisfy(\.isHexDigit) else { return nil }
        guard digits.count == Self.byteCount * 2, let bytes = Self.bytes(digits) else { return nil }
        self.init(vault: String(argument[..<colon]), fingerprint: bytes)
        guard !vault.isEmpty else { return nil }
    }

    package var description: String { "\(vault):\(fingerprint.hexadecimal)" }

    private static func bytes(_ digits: String) -> Data? {
        var bytes = Data()
        var rest = digits[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}

extension Data {
    /// Lower-case base 16.
    var hexadecimal: String {
        map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
