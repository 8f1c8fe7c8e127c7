import Sealing

/// Every label the vault binds into a ciphertext or a signature. A stored format: never respelt, only added to.
enum VaultLabel {
    static let storeKey = Label("strongroom/vault/store-key/v1")
    static let directoryKey = Label("strongroom/vault/directory-key/v1")
    static let logKey = Label("strongroom/vault/log-key/v1")
    static let keyringMark = Label("strongroom/vault/keyring-mark/v1")
    static let handle = Label("strongroom/vault/handle/v1")
    static let usedPin = Label("strongroom/vault/used-pin/v1")
    static let recordKey = Label("strongroom/vault/record-key/v1")
    static let groupSecret = Label("strongroom/vault/group-secret/v1")
    static let groupPrivate = Label("strongroom/vault/group-private/v1")
    static let secretOrigin = Label("strongroom/vault/secret-origin/v1")
    static let entry = Label("strongroom/vault/entry/v1")
    static let roster = Label("strongroom/vault/roster/v1")
    static let assignment = Label("strongroom/vault/assignment/v1")
    static let searchWord = Label("strongroom/vault/search-word/v1")
    static let returnSubject = Label("strongroom/vault/return-subject/v1")
    static let closedSubject = Label("strongroom/vault/closed-subject/v1")
    static let notice = Label("strongroom/vault/notice/v1")
    static let peopleListed = Label("strongroom/vault/people-listed/v1")
    static let recordsListed = Label("strongroom/vault/records-listed/v1")
    static let removalsMark = Label("strongroom/vault/removals-mark/v1")
    static let logOpening = Label("strongroom/vault/log-opening/v1")
    static let logEntry = Label("strongroom/vault/log-entry/v1")
    static let recoveryIdentity = Label("strongroom/vault/recovery-identity/v1")
}
