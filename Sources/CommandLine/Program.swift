import ArgumentParser
import Strongroom

/// The program: words in, words and an exit code out.
public enum Program {
    /// Parses a command line, does what it says, and answers with the exit code.
    ///
    /// 0 done, 1 fault, 2 usage, 3 denied or not found, 4 refused by a rule. Results go to standard output, words to
    /// standard error.
    ///
    /// - Parameter arguments: the words after the program's name.
    public static func run(_ arguments: [String]) -> Int32 {
        Vault.guardMemory()
        return run(arguments, at: Desk())
    }

    /// The same at a desk that is already set: in a shell, each line.
    package static func run(_ arguments: [String], at desk: Desk) -> Int32 {
        do {
            var command = try RootCommand.parseAsRoot(arguments)
            if let command = command as? any Command {
                try command.run(at: desk)
            } else {
                try command.run()
            }
            return Exit.done.rawValue
        } catch {
            let ending = Ending(error)
            desk.terminal.end(with: ending)
            return ending.exit.rawValue
        }
    }
}
