/// Names a kind of document that the filing convention knows.
///
/// A value with a stored kebab-case identifier rather than a closed list, since a council's convention may add kinds; the
/// constants are the kinds of the standard convention (RULES section 5).
public struct DocumentKind: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    /// The stored identifier.
    public let rawValue: String

    /// Names a kind; whether a convention knows it, ``FilingConvention`` says.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Names a kind by its identifier.
    public init(_ identifier: String) { rawValue = identifier }

    /// The stored identifier.
    public var description: String { rawValue }

    /// Whether the identifier is lower-case words joined by single hyphens.
    var isKebab: Bool {
        let words = rawValue.split(separator: "-", omittingEmptySubsequences: false)
        return words.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) } }
    }
}
