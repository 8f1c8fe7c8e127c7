import CFuzzMain
import Foundation
import FuzzSealing
import Sealing

/// Any bytes read as each of the binary formats: statement, signature, envelope, box, stream, public key.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Data(UnsafeBufferPointer(start: start, count: count))
    if let statement = reading({ try SignedStatement(encoded: bytes) }) {
        precondition(statement.encoded == bytes, "a statement of two spellings")
        let isVerified = statement.verify(by: identity.card.verification, atLeast: .ordinary)
        precondition(!isVerified, "a statement nobody signed")
    }
    if let signature = reading({ try Signature(encoded: bytes) }) {
        precondition(signature.encoded == bytes, "a signature of two spellings")
    }
    if let key = reading({ try EncapsulationPublicKey(bytes: bytes) }) {
        precondition(key.bytes == bytes, "a public key of two spellings")
        // Whatever is taken for a key can be sealed to.
        precondition(reading { try Envelope.seal(bytes, to: key, label: label, context: bytes) } != nil)
    }
    precondition(
        reading { try Envelope.open(bytes, with: identity.encapsulation, label: label, context: Data()) } == nil,
        "an envelope nobody sealed")
    precondition(
        reading { try SecretBox.open(bytes, key: key, label: label, context: Data()) } == nil, "a box nobody sealed")
    precondition(reading { try entryKey.open(bytes, owner: Data()) } == nil, "a stream nobody sealed")
    expectOpenedOnlyUnchanged(bytes)
    return 0
}

/// What was sealed with these bytes for content opens, and with one byte of it changed does not.
private func expectOpenedOnlyUnchanged(_ bytes: Data) {
    guard let place = bytes.first.map(Int.init),
        var box = reading({ try SecretBox.seal(bytes, key: key, label: label, context: bytes) }),
        var stream = reading({ try entryKey.seal(bytes, owner: bytes) })
    else { return }
    precondition(reading { try SecretBox.open(box, key: key, label: label, context: bytes) } == bytes)
    precondition(reading { try entryKey.open(stream, owner: bytes) } == bytes)
    let change = bytes.last.map { $0 == 0 ? 1 : $0 } ?? 1
    box[place % box.count] ^= change
    stream[place % stream.count] ^= change
    precondition(reading { try SecretBox.open(box, key: key, label: label, context: bytes) } == nil, "a changed box")
    precondition(reading { try entryKey.open(stream, owner: bytes) } == nil, "a changed stream")
}

private let identity = Identity()
private let label = Label("strongroom/fuzz/v1")
private let key = Data(count: SecretBox.keyByteCount)
private let entryKey = RecordKey().entryKey(Data())
