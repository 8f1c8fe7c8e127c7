import Foundation
import Sealing

/// What lies before every command: the terminal, the environment, and in a shell the identity already unlocked.
package final class Desk {
    /// Where words go and come from.
    let terminal: Terminal
    /// The environment, which stands in for options that are not typed.
    let environment: [String: String]
    /// The identity a shell keeps unlocked, and the file it came from.
    var unlocked: (path: String, identity: Identity)?
    /// Whether a shell reads the commands, so that standard input is theirs.
    package var isShell = false

    /// Sets a desk; the process's own unless a test says otherwise.
    package init(terminal: Terminal = Terminal(), environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.terminal = terminal
        self.environment = environment
    }

    /// A variable's value; an empty one counts as none.
    func variable(_ name: Variable) -> String? {
        environment[name.rawValue].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The environment variables that are listened to.
    enum Variable: String {
        case vault = "STRONGROOM_VAULT"
        case identity = "STRONGROOM_IDENTITY"
        case passphraseFile = "STRONGROOM_PASSPHRASE_FILE"
        /// A fixed time, in practice vaults only.
        case clock = "STRONGROOM_CLOCK"
        /// Any value: no emphasis in tables (https://no-color.org).
        case noColour = "NO_COLOR"
        case visualEditor = "VISUAL"
        case editor = "EDITOR"
    }
}
