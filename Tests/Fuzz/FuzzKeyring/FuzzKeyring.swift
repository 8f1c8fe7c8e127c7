import CFuzzMain
import EncryptedStore
import Foundation

/// Any bytes read as a keyring, and a keyring of any strings written and read.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Data(UnsafeBufferPointer(start: start, count: count))
    if let keyring = read(bytes) {
        precondition(keyring.encoded == bytes, "read as what would be written otherwise")
        expectReadAgain(keyring)
    }
    expectReadAgain(keyring(of: bytes))
    return 0
}

private func read(_ bytes: Data) -> StoreKeyring? {
    do {
        return try StoreKeyring(encoded: bytes)
    } catch is StoreFault {
        return nil
    } catch {
        fatalError("not a fault of the store's: \(error)")
    }
}

private func expectReadAgain(_ keyring: StoreKeyring) {
    precondition(read(keyring.encoded) == keyring, "what was written is not read as it was")
    var bare = keyring
    bare.authenticator = Data()
    precondition(read(keyring.authenticatedBytes) == bare, "what is authenticated is not the rest of the keyring")
}

/// The bytes cut at each zero, for its fields and one wrap after another.
private func keyring(of bytes: Data) -> StoreKeyring {
    var parts = bytes.split(separator: 0, omittingEmptySubsequences: false).map { Data($0) }[...]
    func next() -> Data { parts.popFirst() ?? Data() }
    func text() -> String { String(decoding: next(), as: UTF8.self) }
    var keyring = StoreKeyring(
        vaultID: text(), isPractice: parts.count.isMultiple(of: 2), rootStatement: next(), logOrigin: text(),
        logVerifierKey: text(), authenticator: next())
    while !parts.isEmpty {
        let wrap = StoreKeyring.Wrap(recipient: text(), purpose: text(), bytes: next())
        if parts.count.isMultiple(of: 2) { keyring.wraps.append(wrap) } else { keyring.recoveryWraps.append(wrap) }
    }
    return keyring
}
