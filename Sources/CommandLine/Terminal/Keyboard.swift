import Foundation

/// The person at the terminal, asked directly: standard input may be something else.
struct Keyboard {
    /// Whether standard input is a person's, so that nothing else can be meant to be read from it.
    static var isThere: Bool { isatty(FileHandle.standardInput.fileDescriptor) == 1 }

    private let terminal: FileHandle

    /// Opens the terminal.
    ///
    /// - Throws: ``Misuse`` with this hint if there is none.
    init(hint: String) throws {
        guard let terminal = FileHandle(forUpdatingAtPath: "/dev/tty") else {
            throw Misuse(message: "there is no terminal to ask at", hint: hint)
        }
        self.terminal = terminal
    }

    /// Asks for one line.
    func ask(_ question: String) throws -> String {
        try terminal.write(contentsOf: Data(question.utf8))
        guard let line = try readLine() else { throw Misuse(message: "nothing was typed") }
        return line
    }

    /// Asks for one line that is not shown.
    func askHidden(_ question: String) throws -> String {
        var before = termios()
        let isTerminal = tcgetattr(terminal.fileDescriptor, &before) == 0
        var hidden = before
        hidden.c_lflag &= ~tcflag_t(ECHO)
        if isTerminal { tcsetattr(terminal.fileDescriptor, TCSAFLUSH, &hidden) }
        defer {
            if isTerminal { tcsetattr(terminal.fileDescriptor, TCSAFLUSH, &before) }
            try? terminal.write(contentsOf: Data("\n".utf8))
        }
        return try ask(question)
    }

    /// Asks for one line that is seen while it is typed and gone once it is: nothing of it stays to be scrolled back to.
    func askSecretly(_ question: String) throws -> String {
        let line = try ask(question)
        // One line up, to its beginning, and cleared; a line that wrapped leaves its first part.
        try terminal.write(contentsOf: Data("\u{1B}[A\r\u{1B}[K".utf8))
        return line
    }

    private func readLine() throws -> String? {
        var line = Data()
        while let byte = try terminal.read(upToCount: 1), let value = byte.first {
            if value == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(value)
        }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
}
