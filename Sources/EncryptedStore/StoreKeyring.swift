public import Foundation

/// The file `store.keyring` beside a store: what must be known before the store can be opened.
///
/// It knows nothing of what a wrap means; it keeps bytes for recipients. Nothing in it is secret, and nothing in it is
/// to be believed until the caller has checked ``authenticator`` and the chain that begins at ``rootStatement``. The
/// format is described in <doc:store-keyring>.
public struct StoreKeyring: Hashable, Sendable {
    /// The vault this store belongs to.
    public var vaultID: String

    /// Whether the vault was made for practice, which it stays.
    public var isPractice: Bool

    /// The first signed statement of the vault's chain, opaque here.
    public var rootStatement: Data

    /// The origin line of the vault's access log.
    public var logOrigin: String

    /// The verifier key of the vault's access log, in the form of a signed note's `vkey`.
    public var logVerifierKey: String

    /// Secrets wrapped for recovery.
    public var recoveryWraps: [Wrap]

    /// Secrets wrapped for those who may open the store.
    public var wraps: [Wrap]

    /// The caller's own proof over ``authenticatedBytes``, opaque here; empty until it is set.
    public var authenticator: Data

    /// One secret, wrapped for one recipient.
    public struct Wrap: Hashable, Sendable {
        /// Whose it is, in the caller's spelling.
        public var recipient: String

        /// What it is for, in the caller's spelling.
        public var purpose: String

        /// The wrapped secret, opaque here.
        public var bytes: Data

        /// Makes a wrap.
        public init(recipient: String, purpose: String, bytes: Data) {
            self.recipient = recipient
            self.purpose = purpose
            self.bytes = bytes
        }
    }

    /// Makes a keyring, without an authenticator unless one is given.
    public init(
        vaultID: String, isPractice: Bool, rootStatement: Data, logOrigin: String, logVerifierKey: String,
        recoveryWraps: [Wrap] = [], wraps: [Wrap] = [], authenticator: Data = Data()
    ) {
        self.vaultID = vaultID
        self.isPractice = isPractice
        self.rootStatement = rootStatement
        self.logOrigin = logOrigin
        self.logVerifierKey = logVerifierKey
        self.recoveryWraps = recoveryWraps
        self.wraps = wraps
        self.authenticator = authenticator
    }
}
