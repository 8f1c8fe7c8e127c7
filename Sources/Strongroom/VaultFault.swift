/// What stops the vault from answering at all: never a "no", always something a person must mend.
public enum VaultFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The identity is not one this vault's keyring or roster knows.
    case notAMember
    /// The identity was never told this vault's root fingerprint.
    case rootNotPinned(vault: String)
    /// The roster does not begin with the root this identity trusts.
    case rootDiffers
    /// A signed row was altered, added or taken away.
    case rosterAltered(String)
    /// Something stored does not open or parse.
    case damaged(String)
    /// The clock stands more than five minutes behind the last entry of the log.
    case clockBehind(seconds: Int64)
    /// The clock leapt ahead and nobody has said that it is right.
    case clockAhead(days: Int64)
    /// There is already something at the path.
    case exists(String)
    /// The policy profile is missing or does not parse.
    case policies(String)
    /// What was given by a person cannot be used.
    case unusable(String, hint: String?)
    /// A file changed while it was read.
    case fileChanged
    /// The keyring and the store do not belong together, or the store is none at all: a sealed file does not say.
    case keyringDiffers

    /// One lower-case sentence, without anything from inside a record.
    public var description: String {
        switch self {
        case .notAMember: "this identity is not known to the vault"
        case .rootNotPinned: "this identity has not been told the vault's root fingerprint"
        case .rootDiffers: "the vault's root is not the one this identity trusts"
        case .rosterAltered(let what): "the signed roster was altered: \(what)"
        case .damaged(let what): "the store is damaged: \(what)"
        case .clockBehind(let seconds): "the clock is \(seconds) seconds behind the last entry of the access log"
        case .clockAhead(let days): "the clock is \(days) days ahead of the last entry of the access log"
        case .exists(let path): "there is already something at `\(path)`"
        case .policies(let what): "the policy profile cannot be used: \(what)"
        case .unusable(let what, _): what
        case .fileChanged: "the file changed while it was read, nothing was kept"
        case .keyringDiffers: "the store and the keyring do not belong together"
        }
    }

    /// What the person can do about it.
    public var hint: String? {
        switch self {
        case .notAMember:
            "ask the adoption administrator for `strongroom staff add`, or for `staff rekey` if yours was lost"
        case .rootNotPinned:
            "compare the fingerprint with your administrator's, then `strongroom identity trust --root …`"
        case .rootDiffers, .rosterAltered: "do not go on; keep the vault as it is and tell the auditor"
        case .damaged: "run `strongroom vault check`, then restore from a backup"
        case .clockBehind: "set this machine's clock right"
        case .clockAhead: "look at a clock; if this machine's is right, say so with `--confirm-clock`"
        case .exists: "choose another path"
        case .policies: "see `strongroom policy check`"
        case .unusable(_, let hint): hint
        case .fileChanged: "wait until nobody writes to it, then add it again"
        case .keyringDiffers:
            "put back the `store.db` and the `store.keyring` that lay side by side, or restore from a backup"
        }
    }
}
