/// The right side of `like`: scalars to match, and stars for any run of them.
struct Pattern: Hashable, Sendable {
    enum Element: Hashable, Sendable {
        case scalar(Unicode.Scalar)
        case anyRun
    }

    let elements: [Element]

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

    /// True when the whole text matches.
    ///
    /// Only the last star is ever widened again, so the time is at most the product of the two lengths.
    func matches(_ text: CedarString) -> Bool {
        let scalars = Array(text.text.unicodeScalars)
        var place = 0
        var element = 0
        var lastStar: (element: Int, place: Int)?
        while place < scalars.count {
            if element < elements.count, elements[element] == .anyRun {
                lastStar = (element, place)
                element += 1
            } else if element < elements.count, elements[element] == .scalar(scalars[place]) {
                element += 1
                place += 1
            } else if let star = lastStar {
                lastStar = (star.element, star.place + 1)
                element = star.element + 1
                place = star.place + 1
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { $0 == .anyRun }
    }
}
