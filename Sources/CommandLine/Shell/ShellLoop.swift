import Foundation
import Sealing

/// Reads commands a line at a time, with the identity unlocked between them.
struct ShellLoop {
    private static let idleSeconds = 600

    let desk: Desk
    let who: IdentityOptions
    let path: String
    let prompt: String

    /// Runs until `exit` or the end of the input.
    ///
    /// - Throws: what unlocking throws; a command that fails ends only its own line.
    func run() throws {
        try unlock()
        let lines = InputLines()
        while true {
            if Keyboard.isThere { desk.terminal.ask(prompt) }
            switch lines.next(within: desk.unlocked == nil ? nil : Self.idleSeconds) {
            case .idle:
                desk.unlocked = nil
                desk.terminal.say("locked after \(Self.idleSeconds / 60) idle minutes")
            case .end:
                return
            case .line(let line):
                guard try obey(line) else { return }
            }
        }
    }

    /// Runs a line; false when it was the last.
    private func obey(_ line: String) throws -> Bool {
        let words: [String]
        do {
            words = try LineWords.split(line)
        } catch {
            desk.terminal.end(with: Ending(error))
            return true
        }
        guard let first = words.first, !first.hasPrefix("#") else { return true }
        if first == "exit" || first == "quit" { return false }
        if first == "shell" {
            desk.terminal.end(with: Ending(.usage, "this is the shell already"))
            return true
        }
        if desk.unlocked == nil { try unlock() }
        _ = Program.run(first == "strongroom" ? Array(words.dropFirst()) : words, at: desk)
        return true
    }

    private func unlock() throws {
        desk.unlocked = (path, try who.unlock(at: desk))
    }
}
