/// Splits a line into words as a person used to a shell expects, and does nothing else a shell would.
package enum LineWords {
    /// The words of a line.
    ///
    /// Blanks separate; 'single quotes' keep everything; "double quotes" keep blanks, and in them and outside a backslash
    /// keeps the next character. No variables, no wildcards, no commands.
    ///
    /// - Throws: ``Misuse`` if a quote is not closed or nothing follows a backslash.
    package static func split(_ line: String) throws -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var rest = line[...]
        while let character = rest.popFirst() {
            switch (character, quote) {
            case (_, "'"): if character == "'" { quote = nil } else { word?.append(character) }
            case ("\\", _):
                guard let next = rest.popFirst() else { throw Misuse(message: "nothing follows the backslash") }
                word = (word ?? "") + String(next)
            case ("\"", "\""): quote = nil
            case (_, "\""): word?.append(character)
            case ("'", nil), ("\"", nil):
                quote = character
                word = word ?? ""
            case _ where character.isWhitespace:
                if let whole = word { words.append(whole) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { throw Misuse(message: "a quote is not closed") }
        return words + (word.map { [$0] } ?? [])
    }
}
