import Adoption
import ArgumentParser

/// A command that does something, at a desk.
protocol Command: ParsableCommand {
    func run(at desk: Desk) throws
}

/// A command inside an open vault.
protocol VaultCommand: Command {
    /// The options every such command has.
    var common: VaultOptions { get }
    /// The record it is about, as typed; stands before the words of a refusal.
    var reference: String? { get }
    /// Asks the vault and says what it answered.
    func run(in vault: OpenVault) throws
}

extension VaultCommand {
    var reference: String? { nil }

    func run(at desk: Desk) throws {
        let vault = try OpenVault(common, at: desk)
        do {
            try run(in: vault)
        } catch {
            try? vault.close()
            if let refusal = error as? Refusal { throw Refused(refusal: refusal, record: reference) }
            throw error
        }
        try vault.close()
    }
}
