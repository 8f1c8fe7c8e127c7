import Foundation

/// A recovery share's page as it is typed: line after line, each checked before the next.
///
/// Whoever mistypes a line types that line again, and no other.
public struct TypedSharePage: Sendable {
    private var bytes = Data()
    private var lineCount = 0

    /// A page of which nothing is typed yet.
    public init() {}

    /// The number of the line that is wanted next; nil when all are there.
    public var next: Int? { lineCount < RecoveryShare.lineCount ? lineCount + 1 : nil }

    /// Takes the next line, with its number before it or without.
    ///
    /// - Throws: ``SealingFault/shareDamaged(line:)`` if its check characters differ; the page is then as it was.
    public mutating func take(_ line: String) throws {
        guard let next else { throw SealingFault.malformed("a page has \(RecoveryShare.lineCount) lines") }
        bytes += try RecoveryShare.bytes(of: Self.characters(of: line, number: next), line: next)
        lineCount = next
    }

    /// The share, once every line is there.
    ///
    /// - Throws: ``SealingFault/shareDamaged(line:)`` for a line that is missing; ``SealingFault/damaged`` if each line is
    ///   sound and the page is not; ``SealingFault/unknownSuite``; ``SealingFault/malformed(_:)``.
    public func share() throws -> RecoveryShare {
        if let next { throw SealingFault.shareDamaged(line: next) }
        return try RecoveryShare(packed: bytes)
    }

    /// How many characters a line has, its number, spaces and hyphens left out.
    public static func characterCount(of line: String, number: Int) -> Int {
        characters(of: line, number: number).count
    }

    /// A number of its own before the characters is left out; a line may begin with the same figure and have none.
    private static func characters(of line: String, number: Int) -> String {
        let words = line.split(whereSeparator: \.isWhitespace).map { $0.filter { $0 != "-" } }
        let joined = words.joined()
        let first = words.first?.trimmingCharacters(in: .punctuationCharacters)
        return first == "\(number)" && joined.count > RecoveryShare.lineCharacterCount
            ? words.dropFirst().joined() : joined
    }
}
