import Adoption
import ArgumentParser
import Exchange
import Foundation
import Sealing
import Strongroom

/// How a command can end, for the program that called it.
package enum Exit: Int32 {
    case done = 0
    /// Something is broken, and must be mended.
    case fault = 1
    /// What was typed cannot be meant.
    case usage = 2
    /// Denied or not found: one answer.
    case denied = 3
    /// A rule of the domain says no.
    case refused = 4
}

/// How a command ended: its exit code, and the words for it.
///
/// The one place where any error becomes words and a code.
package struct Ending: Equatable {
    package let exit: Exit
    package let message: String
    package let hint: String?

    init(_ exit: Exit, _ message: String, hint: String? = nil) {
        self.exit = exit
        self.message = message
        self.hint = hint
    }

    package init(_ error: any Error) {
        switch error {
        case let denied as Denied:
            self.init(.denied, denied.denial.typed.map(Self.notFound) ?? "this is not yours to do")
        case let refused as Refused:
            let about = refused.record.map { "record `\($0)`: " } ?? ""
            self.init(.refused, about + refused.refusal.message, hint: refused.refusal.hint)
        case let refusal as Refusal:
            self.init(.refused, refusal.message, hint: refusal.hint)
        case let misuse as Misuse:
            self.init(.usage, misuse.message, hint: misuse.hint)
        case let trouble as Trouble:
            self.init(.fault, trouble.message, hint: trouble.hint)
        case let fault as VaultFault:
            self.init(.fault, fault.description, hint: fault.hint)
        case let fault as SealingFault:
            self.init(.fault, fault.description, hint: fault.remedy)
        case let fault as ReturnFault:
            self.init(.fault, fault.description, hint: fault.hint)
        default:
            self.init(unknown: error)
        }
    }

    /// What the parser says, and whatever else may be thrown.
    private init(unknown error: any Error) {
        switch RootCommand.exitCode(for: error) {
        case .success:
            self.init(.done, RootCommand.fullMessage(for: error))
        case .validationFailure:
            self.init(parser: RootCommand.fullMessage(for: error))
        default:
            let isOurs = !(error is CocoaError || error is POSIXError)
            self.init(.fault, isOurs ? String(describing: error) : error.localizedDescription.asClause)
        }
    }

    /// The parser's words in the manner of ours.
    private init(parser text: String) {
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        func first(_ prefix: String) -> String? {
            lines.first { $0.hasPrefix(prefix) }.map {
                String($0.dropFirst(prefix.count)).trimmingCharacters(in: .whitespaces)
            }
        }
        let usage = first("Usage:").map { "`\($0.withoutCommonOptions)`" }
        let more = first("See ").map { $0.replacingOccurrences(of: " for more information.", with: "") }
        let hint = [usage, more.map { "see " + $0.replacing("'", with: "`") }].compactMap { $0 }
        self.init(
            .usage, (first("Error:") ?? "this cannot be read").replacing("'", with: "`").asClause,
            hint: hint.isEmpty ? nil : hint.joined(separator: "; "))
    }

    private static func notFound(_ typed: String) -> String {
        "record `\(typed.printable)`: not found, or not yours to open"
    }
}

extension String {
    /// A usage line up to the options that every command has.
    fileprivate var withoutCommonOptions: String {
        [" [--vault <", " [--identity <"].compactMap { range(of: $0)?.lowerBound }.min().map { self[..<$0] + " …" }
            ?? self
    }

    /// Lower-case at the front and without a full stop, as a part of a sentence.
    var asClause: String {
        let trimmed = trimmingCharacters(in: .whitespacesAndNewlines)
        let open = trimmed.hasSuffix(".") ? String(trimmed.dropLast()) : trimmed
        return open.prefix(1).lowercased() + open.dropFirst()
    }
}

extension SealingFault {
    /// What a person can do about it.
    fileprivate var remedy: String? {
        switch self {
        case .wrongPassphrase:
            "type it again; if it is lost, ask the adoption administrator for `strongroom staff rekey`"
        case .damaged, .malformed: "put the file back from a copy"
        case .notForThisKey:
            "ask the adoption administrator for `strongroom staff add`, or for `staff rekey` if yours was lost"
        case .tooFewShares: "ask more custodians for their share"
        case .shareDamaged: "type that line again from the printed page"
        case .sharesOfDifferentSets: "take the shares of one set, its name stands on each page"
        case .unknownSuite: "use a newer version of this program"
        default: nil
        }
    }
}
