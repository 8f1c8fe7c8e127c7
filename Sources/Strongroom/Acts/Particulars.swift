import Foundation
public import WorkingDays

/// Who a child is, as it is typed when a care record is opened. It lies sealed, and is found only by keyed words.
public struct Particulars: Hashable, Sendable, Codable {
    /// The given names.
    public var given: String
    /// The family name.
    public var family: String
    /// The date of birth; nil only where a return said none that exists.
    public var born: Day?
    /// Anything else by name: `nhs`, `upn`, `address`, `note`.
    public var other: [String: String]

    /// Takes a child's particulars as given.
    ///
    /// - Throws: ``VaultFault/unusable(_:hint:)`` if a name is empty or holds a control character.
    public init(given: String, family: String, born: Day, other: [String: String] = [:]) throws {
        self.given = try Self.name(given, "given name")
        self.family = try Self.name(family, "family name")
        self.born = born
        self.other = other
    }

    /// What a return says of a child: an identifier and a date of birth, and no name.
    init(returned identifier: String, born: Day?) {
        given = ""
        family = ""
        self.born = born
        other = ["child": identifier]
    }

    private static func name(_ text: String, _ what: String) throws -> String {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        guard !trimmed.isEmpty else { throw VaultFault.unusable("the \(what) is empty", hint: nil) }
        guard trimmed.unicodeScalars.allSatisfy({ !CharacterSet.controlCharacters.contains($0) }) else {
            throw VaultFault.unusable("the \(what) holds a control character", hint: "type it again without it")
        }
        return trimmed
    }

    /// The whole words this child can be found by.
    var words: Set<String> {
        var words = SearchWords.words(of: given).union(SearchWords.words(of: family))
        if let born { words.insert(born.description) }
        for key in ["nhs", "upn", "child"] {
            if let identifier = other[key] { words.insert(SearchWords.identifier(identifier)) }
        }
        return words
    }
}

/// How names and queries become the words that tokens are made of.
enum SearchWords {
    /// Case and marks folded, split at anything that is neither letter nor digit.
    static func words(of text: String) -> Set<String> {
        let folded = text.decomposedStringWithCompatibilityMapping.lowercased()
            .unicodeScalars.filter {
                !$0.properties.isDiacritic && $0.properties.canonicalCombiningClass == .notReordered
            }
        return Set(
            String(String.UnicodeScalarView(folded)).split { !$0.isLetter && !$0.isNumber }.map(String.init))
    }

    /// A typed query: days stay whole, everything else becomes words.
    static func query(_ text: String) -> [String] {
        var words: Set<String> = []
        for piece in text.split(whereSeparator: \.isWhitespace).map(String.init) {
            if Day(piece) != nil { words.insert(piece) } else { words.formUnion(Self.words(of: piece)) }
        }
        return words.sorted()
    }

    static func identifier(_ text: String) -> String {
        String(
            text.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
                .map(Character.init))
    }
}
