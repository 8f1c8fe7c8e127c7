import Foundation

/// Base64 as the log's formats demand it: standard alphabet, padded, and only the one canonical spelling.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// The bytes, or `nil` where `text` is not exactly what ``encode(_:)`` would have written.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let text = String(text)
        guard let data = Data(base64Encoded: text) else { return nil }
        // Decoders disagree on leftover bits in the last character; comparing settles it.
        guard data.base64EncodedString().utf8.elementsEqual(text.utf8) else { return nil }
        return Array(data)
    }
}
