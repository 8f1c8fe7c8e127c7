import CFuzzMain
import Foundation
import FuzzSealing
import Sealing

/// Any text read as an identity file and as a card, as it stands and with its checksums made right; any bytes as a card.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Data(UnsafeBufferPointer(start: start, count: count))
    exercise(bytes)
    exercise(Data(mendingArmour(String(decoding: bytes, as: UTF8.self)).utf8))
    if let card = reading({ try IdentityCard(encoded: bytes) }) {
        precondition(card.encoded == bytes, "a card of two spellings")
    }
    return 0
}

private func exercise(_ file: Data) {
    let card = reading { try IdentityFile.card(in: file) }
    if let card {
        precondition(reading { try IdentityCard(text: card.text) } == card, "written otherwise than it was read")
    }
    guard isSound(file) else { return }
    precondition(card != nil, "a file without a card")
    // Every thirty-second is unlocked, for the work of a passphrase, and only if it asks for the least.
    let isCheap = String(decoding: file, as: UTF8.self).contains("\nscrypt: \(WorkFactor.leastLog2N) ")
    guard isCheap, file.reduce(UInt8(0), { $0 &* 31 &+ $1 }) % 32 == 0 else { return }
    if let identity = reading({ try IdentityFile.decode(file, passphrase: passphrase) }) {
        precondition(identity.card == card, "another identity than its card's")
        precondition(!identity.pinnedRoots.keys.contains(""), "a root of no vault")
    }
}

/// Whether all that can be read without a passphrase is well: the empty one is refused only after it.
private func isSound(_ file: Data) -> Bool {
    do {
        _ = try IdentityFile.decode(file, passphrase: Data())
        fatalError("unlocked without a passphrase")
    } catch SealingFault.wrongPassphrase {
        return true
    } catch is SealingFault {
        return false
    } catch {
        fatalError("not a fault of the room's: \(error)")
    }
}

/// That of the vectors which are the seeds.
private let passphrase = Data("correct horse battery staple".utf8)
