package import Foundation

/// Where words go: results to standard output, everything else to standard error.
package struct Terminal {
    private let results: FileHandle
    private let words: FileHandle
    /// Whether standard output may be emphasised.
    let isStyled: Bool

    /// The process's own streams, unless a test names others.
    package init(
        results: FileHandle = .standardOutput, words: FileHandle = .standardError,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.results = results
        self.words = words
        let wantsNone = !(environment[Desk.Variable.noColour.rawValue] ?? "").isEmpty || environment["TERM"] == "dumb"
        isStyled = !wantsNone && isatty(results.fileDescriptor) == 1
    }

    /// Whether a person looks at standard output.
    var showsResults: Bool { isatty(results.fileDescriptor) == 1 }

    /// Prints a result and a line feed.
    func print(_ text: String) { write(text + "\n", to: results) }

    /// Prints bytes as they are.
    func print(bytes: Data) { write(bytes, to: results) }

    /// Says a line on standard error.
    func say(_ text: String) { write(text + "\n", to: words) }

    /// Says the beginning of a line that a person goes on with.
    func ask(_ text: String) { write(text, to: words) }

    /// Says what to mind.
    func warn(_ text: String) { say("strongroom: warning: \(text)") }

    /// Says how a command ended: help on standard output, everything else on standard error.
    func end(with ending: Ending) {
        guard ending.exit != .done else { return print(ending.message) }
        say("strongroom: error: \(ending.message)")
        if let hint = ending.hint { say("strongroom: hint: \(hint)") }
    }

    /// Does long work with a line on the terminal that is gone afterwards; off a terminal, without a word.
    func during<Result>(_ what: String, _ work: () throws -> Result) rethrows -> Result {
        guard isatty(words.fileDescriptor) == 1 else { return try work() }
        write("\(what) …", to: words)
        defer { write("\r\u{1B}[K", to: words) }
        return try work()
    }

    /// The same for work that can say how much of it is done: a line on the terminal that counts.
    func counting<Result>(_ what: String, _ work: ((Int, Int) -> Void) throws -> Result) rethrows -> Result {
        guard isatty(words.fileDescriptor) == 1 else { return try work { _, _ in } }
        defer { write("\r\u{1B}[K", to: words) }
        return try work { done, all in write("\r\(what) \(done) of \(all)", to: words) }
    }

    private func write(_ text: String, to stream: FileHandle) { write(Data(text.utf8), to: stream) }

    /// A reader that went away is no fault of ours.
    private func write(_ bytes: Data, to stream: FileHandle) { try? stream.write(contentsOf: bytes) }
}

extension String {
    /// The text with everything a terminal might act upon replaced, line feeds included.
    var printable: String { String(String.UnicodeScalarView(unicodeScalars.map { $0.isHarmless ? $0 : "\u{FFFD}" })) }

    /// The same for a text of many lines, whose line feeds and tabs stay.
    var printableLines: String {
        String(
            String.UnicodeScalarView(unicodeScalars.map { $0.isHarmless || $0 == "\n" || $0 == "\t" ? $0 : "\u{FFFD}" })
        )
    }
}

extension Unicode.Scalar {
    fileprivate var isHarmless: Bool {
        // Joiners are format characters too, and belong to names and emoji.
        if self == "\u{200C}" || self == "\u{200D}" { return true }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
    }
}
