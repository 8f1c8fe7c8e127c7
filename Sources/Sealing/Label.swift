/// Says what a key, a signature or a token is for, so that one made for a purpose is worth nothing for another.
///
/// - Requires: lower-case ASCII letters, digits, `-`, `.`, `_` and `/`, at most 128 of them, ending in a version such as
///   `/v1`. Labels are written by programmers, so anything else is a programmer's error and stops the program.
public struct Label: Hashable, Sendable, CustomStringConvertible {
    /// The label as it is bound, for example `strongroom/record-key/v1`.
    public let text: String

    /// Makes a label of its text.
    public init(_ text: String) {
        precondition(Label.isWellFormed(text), "a label is `purpose/v1` in lower-case ASCII: \(text)")
        self.text = text
    }

    /// The text.
    public var description: String { text }

    private static let longestByteCount = 128

    private static func isWellFormed(_ text: String) -> Bool {
        guard (1...longestByteCount).contains(text.utf8.count), let slash = text.lastIndex(of: "/") else {
            return false
        }
        let version = text[text.index(after: slash)...]
        let digits = version.dropFirst()
        return version.first == "v" && !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
            && text.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x2D...0x39).contains(byte) || byte == 0x5F  // a-z, - . / 0-9, _
            }
    }
}
