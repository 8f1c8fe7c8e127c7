/// The arithmetic of references: Crockford's base32 and a check character over the field of 32 elements.
///
/// Crockford's own check symbol (mod 37) brings `*`, `~` and `$`, which a shell takes for itself, and ISO 7064 misses some
/// exchanges; a weighted sum in a field stays within the alphabet and misses neither a wrong character nor an exchange.
enum ReferenceCode {
    static let alphabet = [UInt8]("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    static let symbolCount = 16
    static let groupLength = 4
    /// The lowest digit a digit's place takes: 0 and 1 are left to the letters they are mistaken for.
    static let firstDigit: UInt8 = 2

    /// Whether the place holds a digit from 2 to 9: the second of each group.
    static func isDigitPosition(_ position: Int) -> Bool { position % groupLength == 1 }

    /// The letters of what a person typed or pasted: without white space and dashes of any kind, in upper case.
    static func letters(of typed: String) -> [UInt8] {
        let kept = typed.unicodeScalars.filter {
            !$0.properties.isWhitespace && $0.properties.generalCategory != .dashPunctuation
        }
        return String(String.UnicodeScalarView(kept)).utf8.map(upper)
    }

    static func upper(_ byte: UInt8) -> UInt8 { byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte }

    /// The value of a typed character, or nil for one that no reference holds.
    static func value(of byte: UInt8) -> UInt8? {
        switch upper(byte) {
        case UInt8(ascii: "I"), UInt8(ascii: "L"): 1
        case UInt8(ascii: "O"): 0
        case let letter: alphabet.firstIndex(of: letter).map(UInt8.init)
        }
    }

    static func isWellFormed(_ symbols: [UInt8], prefix: String) -> Bool {
        guard symbols.count == symbolCount else { return false }
        let digits = symbols.indices.filter(isDigitPosition).allSatisfy { (firstDigit...9).contains(symbols[$0]) }
        return digits && symbols.last == check(of: symbols.dropLast(), prefix: prefix)
    }

    /// The check character's value: the sum of the symbols, each times its own power of the field's generator, begun
    /// with the prefix so that a reference of one series is none of another.
    static func check(of symbols: some Collection<UInt8>, prefix: String) -> UInt8 {
        var sum: UInt8 = prefix.utf8.reduce(0) { doubled($0) ^ ($1 & 31) }
        // Horner's rule: the check character itself has weight one, its neighbour two, and so on.
        for symbol in symbols { sum = doubled(sum ^ symbol) }
        return sum
    }

    /// Twice a value, in the field of 32 elements with x^5 + x^2 + 1.
    private static func doubled(_ value: UInt8) -> UInt8 {
        let shifted = value << 1
        return shifted & 32 == 0 ? shifted : (shifted ^ 0b100101)
    }
}
