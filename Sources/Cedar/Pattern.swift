/// The right side of `like`: scalars to match, and stars for any run of them.
///
/// <https://docs.cedarpolicy.com/policies/syntax-operators.html#like>
struct Pattern: Hashable, Sendable {
    enum Element: Hashable, Sendable {
        case scalar(Unicode.Scalar)
        case anyRun
    }

    let elements: [Element]

    init(elements: [Element]) { self.elements = elements }

    /// Makes a pattern of an unescaped text.
    ///
    /// A star is a wildcard however it was spelt, `\u{2a}` included; only `\*` is the star itself. The reference
    /// engine has it so.
    init(_ pieces: [StringEscapes.Piece]) {
        elements = pieces.map { piece in
            switch piece {
            case .scalar("*"): .anyRun
            case .scalar(let scalar): .scalar(scalar)
            case .escapedStar: .scalar("*")
            }
        }
    }
}

/// A pattern as it is matched: against bytes, which comes to the same as against scalars, since both sides are UTF-8.
final class PatternMatcher: Sendable {
    /// Bytes, and ``anyRun`` for a star.
    private let units: [UInt16]

    private static let anyRun: UInt16 = 0x100

    init(_ pattern: Pattern) {
        units = pattern.elements.flatMap { element in
            switch element {
            case .anyRun: [Self.anyRun]
            case .scalar(let scalar): UTF8.encode(scalar).map { $0.map(UInt16.init) } ?? []
            }
        }
    }

    /// True when the whole text matches.
    ///
    /// Only the last star is ever widened again, so the time is at most the product of the two lengths.
    func matches(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable(matches) ?? Array(text.utf8).withUnsafeBufferPointer(matches)
    }

    private func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var place = 0
        var unit = 0
        var lastStar: (unit: Int, place: Int)?
        while place < text.count {
            if unit < units.count, units[unit] == Self.anyRun {
                lastStar = (unit, place)
                unit += 1
            } else if unit < units.count, units[unit] == UInt16(text[place]) {
                unit += 1
                place += 1
            } else if let star = lastStar {
                lastStar = (star.unit, star.place + 1)
                unit = star.unit + 1
                place = star.place + 1
            } else {
                return false
            }
        }
        return units[unit...].allSatisfy { $0 == Self.anyRun }
    }
}
