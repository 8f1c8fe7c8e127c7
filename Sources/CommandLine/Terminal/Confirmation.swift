import Foundation

/// The person's word before what cannot be undone.
enum Confirmation {
    /// Asks for the reference once more, unless `--yes` has said so.
    ///
    /// - Throws: ``Misuse`` if something else is typed, or nobody can be asked.
    static func require(_ reference: String, for act: String, yes: Bool) throws {
        guard !yes else { return }
        let keyboard = try Keyboard(hint: "look at it with `--preview`, then say `--yes`")
        let typed = try keyboard.ask("\(act) cannot be undone. Type \(reference.printable) to go on: ")
        guard typed.trimmingCharacters(in: .whitespaces) == reference else {
            throw Misuse(message: "that was not `\(reference.printable)`, nothing was changed")
        }
    }
}
