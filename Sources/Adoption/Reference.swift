/// Tells one series of references from another by its prefix.
public protocol ReferenceSeries: Sendable {
    /// The letters before the first hyphen; stored for ever.
    static var prefix: String { get }
}

/// Names a record, at random: unguessable, never used again, and hard to mistype.
///
/// An identifier, never a secret and never a proof of who asks. Written `PREFIX-XXXX-XXXX-XXXX-XXXX` in Crockford's
/// base32. The last character is a check character that catches every single wrong character and every exchange of two;
/// the second of each group is a digit from 2 to 9, so that no group reads as a word. What is left is 67 random bits.
/// The format is in the page <doc:references>.
public struct Reference<Series: ReferenceSeries>: Hashable, Sendable, LosslessStringConvertible {
    /// How many random bytes a new reference takes.
    public static var randomByteCount: Int { 16 }

    /// The sixteen characters after the prefix, the check character last.
    private let symbols: [UInt8]

    /// Makes a new reference from random bytes.
    ///
    /// Requires at least ``randomByteCount`` bytes, fresh from the system's generator.
    public init(random bytes: some Collection<UInt8>) {
        precondition(bytes.count >= Self.randomByteCount, "a reference takes sixteen random bytes")
        var symbols = bytes.prefix(ReferenceCode.symbolCount - 1).enumerated().map { position, byte in
            // Both masks divide 256, so every value is equally likely.
            ReferenceCode.isDigitPosition(position) ? ReferenceCode.firstDigit + byte & 7 : byte & 31
        }
        symbols.append(ReferenceCode.check(of: symbols, prefix: Series.prefix))
        self.symbols = symbols
    }

    /// Reads what a person typed: any case, `I` and `L` for `1`, `O` for `0`, with or without hyphens and spaces.
    ///
    /// Nil when it is not a reference of this series; a mistyped one is nil, never another record's.
    public init?(typed: String) {
        let letters = ReferenceCode.letters(of: typed)
        guard letters.starts(with: Series.prefix.utf8) else { return nil }
        self.init(body: letters.dropFirst(Series.prefix.utf8.count))
    }

    /// Reads the written form exactly, as ``description`` gives it.
    public init?(_ description: String) {
        guard let read = Self(typed: description), read.description == description else { return nil }
        self = read
    }

    /// Reads the characters after the prefix, separators already taken out.
    init?(body: some Collection<UInt8>) {
        let symbols = body.compactMap(ReferenceCode.value(of:))
        guard symbols.count == body.count, ReferenceCode.isWellFormed(symbols, prefix: Series.prefix) else {
            return nil
        }
        self.symbols = symbols
    }

    /// The written form, `AR-K7M3-Q9XD-H4VB-T8W1`.
    public var description: String {
        let letters = symbols.map { Character(UnicodeScalar(ReferenceCode.alphabet[Int($0)])) }
        let groups = stride(from: 0, to: letters.count, by: ReferenceCode.groupLength).map {
            String(letters[$0..<$0 + ReferenceCode.groupLength])
        }
        return ([Series.prefix] + groups).joined(separator: "-")
    }
}

extension Reference: Codable {
    /// Decodes the written form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let reference = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a record's reference")
        }
        self = reference
    }

    /// Encodes the written form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
