import Foundation

/// A command-line test as text: phases, commands, and the files they start with.
///
/// The manner is that of Go's testscript. One line is one command; `README.md` in this folder lists the verbs.
struct Script: Sendable {
    /// The commands in order, those of a prelude first where `use` names it.
    var commands: [Command]
    /// The files laid into the script's folder before it starts, by their relative path.
    var files: [String: String]

    /// One line of a script.
    struct Command: Sendable {
        let place: Place
        /// The words of the `#` line this command stands under.
        let phase: String
        /// `!` before the verb: the command must fail, the text must not be there.
        let negated: Bool
        let verb: Verb
        let arguments: [Word]
    }

    /// Where a line stands, so that a failure points at the script and not at the runner.
    struct Place: Sendable, Hashable {
        let file: URL
        let line: Int
    }

    /// Everything a script can say.
    enum Verb: String, CaseIterable, Sendable {
        case strongroom
        case strongroomVerify = "strongroom-verify"
        case exit, stdout, stderr, save, cmp, grep, exists, mode
        case env, `as`, clock, stdin, typing
        case mkdir, cp, rm, flip, cut, join, mistype
        case use

        /// Runs a program, after which `exit`, `stdout`, `stderr` and `save` speak of it.
        var runsProgram: Bool { self == .strongroom || self == .strongroomVerify }

        var mayBeNegated: Bool {
            runsProgram || [.stdout, .stderr, .cmp, .grep, .exists].contains(self)
        }

        /// How many arguments the verb takes.
        var arity: ClosedRange<Int> {
            switch self {
            case .strongroom, .strongroomVerify: 0...64
            case .exit, .as, .clock, .stdin, .typing, .use: 1...1
            case .stdout, .stderr: 1...2
            case .save, .cmp, .cp, .flip, .cut, .grep, .mode, .mistype: 2...2
            case .join: 2...16
            case .exists, .mkdir, .rm, .env: 1...16
            }
        }
    }
}

/// What a script found wrong, and on which of its lines.
struct ScriptFailure: Error, Equatable, CustomStringConvertible {
    let place: Script.Place
    let message: String

    var description: String { "\(place.file.lastPathComponent):\(place.line): \(message)" }
}
