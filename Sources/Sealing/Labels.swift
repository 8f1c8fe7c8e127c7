// Every label this room binds. They are part of the stored formats: a letter changed here makes what was sealed before
// unreadable, so a test freezes their spelling.
extension Label {
    /// A record key wrapped to a group or to recovery.
    public static let recordKey = Label("strongroom/record-key/v1")
    /// A group's private key wrapped to a member.
    public static let groupKey = Label("strongroom/group-key/v1")
    /// The key of one entry, derived from its record's key.
    public static let entryKey = Label("strongroom/entry-key/v1")
    /// The key of a record's keyed digests.
    public static let contentDigest = Label("strongroom/content-digest/v1")
    /// The subkey of one sealed stream.
    public static let stream = Label("strongroom/stream/v1")
    /// The commitment an envelope carries to its key.
    public static let commitment = Label("strongroom/commitment/v1")
    /// The Ed25519 seed within a signing seed.
    public static let signingEd25519 = Label("strongroom/signing-ed25519/v1")
    /// The ML-DSA-65 seed within a signing seed.
    public static let signingMLDSA65 = Label("strongroom/signing-ml-dsa-65/v1")
    /// The signature by which an identity card vouches for itself.
    public static let identityCard = Label("strongroom/identity-card/v1")
    /// The private half in an identity file.
    public static let identityFile = Label("strongroom/identity-file/v1")
    /// The checksum shared along with a recovery secret.
    public static let recoverySecret = Label("strongroom/recovery-secret/v1")
    /// The checksum over a recovery share's page.
    public static let recoveryPage = Label("strongroom/recovery-page/v1")
    /// The digest by which a recovery share is known again.
    public static let recoveryCommitment = Label("strongroom/recovery-commitment/v1")
    /// A signed statement whose caller names no label of its own.
    public static let statement = Label("strongroom/statement/v1")

    /// All of the above, in the order above.
    public static let all: [Label] = [
        recordKey, groupKey, entryKey, contentDigest, stream, commitment, signingEd25519, signingMLDSA65, identityCard,
        identityFile, recoverySecret, recoveryPage, recoveryCommitment, statement,
    ]
}
