/// One argument of a script's line, with its variables not yet filled in.
///
/// Bare words and "double quotes" fill in `$NAME`; 'single quotes' keep every character, so that a regular expression may
/// end in `$`. Adjoining pieces make one word.
struct Word: Sendable, Equatable {
    enum Piece: Sendable, Equatable {
        case literal(String)
        case variable(String)
    }

    var pieces: [Piece]

    /// The word with every variable filled in.
    ///
    /// - Throws: the name of the first variable that has no value.
    func filled(from values: [String: String]) throws(MissingVariable) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal): text += literal
            case .variable(let name):
                guard let value = values[name] else { throw MissingVariable(name: name) }
                text += value
            }
        }
        return text
    }

    struct MissingVariable: Error {
        let name: String
    }
}

/// Splits a line into words.
struct WordSplitter {
    struct Unterminated: Error {
        let quote: Character
    }

    private var rest: Substring
    private var words: [Word] = []
    private var pieces: [Word.Piece]?
    private var literal = ""

    private init(_ line: String) {
        rest = line[...]
    }

    static func words(of line: String) throws(Unterminated) -> [Word] {
        var splitter = WordSplitter(line)
        try splitter.run()
        return splitter.words
    }

    private mutating func run() throws(Unterminated) {
        while let character = rest.popFirst() {
            switch character {
            case " ", "\t": endWord()
            case "'": try single()
            case "\"": try double()
            case "$": variable()
            default: add(character)
            }
        }
        endWord()
    }

    private mutating func single() throws(Unterminated) {
        pieces = pieces ?? []
        while let character = rest.popFirst() {
            if character == "'" { return }
            literal.append(character)
        }
        throw Unterminated(quote: "'")
    }

    private mutating func double() throws(Unterminated) {
        pieces = pieces ?? []
        while let character = rest.popFirst() {
            switch character {
            case "\"": return
            case "$": variable()
            default: literal.append(character)
            }
        }
        throw Unterminated(quote: "\"")
    }

    private mutating func variable() {
        let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard !name.isEmpty else { return add("$") }
        rest = rest.dropFirst(name.count)
        endLiteral()
        pieces = (pieces ?? []) + [.variable(String(name))]
    }

    private mutating func add(_ character: Character) {
        pieces = pieces ?? []
        literal.append(character)
    }

    private mutating func endLiteral() {
        guard !literal.isEmpty else { return }
        pieces = (pieces ?? []) + [.literal(literal)]
        literal = ""
    }

    private mutating func endWord() {
        endLiteral()
        if let pieces { words.append(Word(pieces: pieces)) }
        pieces = nil
    }
}
