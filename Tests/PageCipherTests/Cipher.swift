import CPageCipher
import CPageCipherTesting
import Foundation
import Synchronization

/// A disk of the page cipher, there as long as this is.
final class Cipher: Sendable {
    let name: String
    private let isAblated: Bool

    static let key = [UInt8](0..<32)

    /// - Parameter rule: the rule to leave out, in the copy of the cipher that is built for it; the product's own
    ///   cipher if not said.
    init(base: String = Disk.usual, key: [UInt8] = Cipher.key, without rule: Rule? = nil) {
        name = "cipher-\(UUID().uuidString)"
        isAblated = rule != nil
        let code = rule == nil ? page_cipher_register(name, base, key) : ablated_register(name, base, key)
        precondition(code == 0, "no disk: \(code)")
    }

    deinit {
        let code = isAblated ? ablated_unregister(name) : page_cipher_unregister(name)
        precondition(code == 0, "a file is still open on the disk: \(code)")
    }
}

/// The disks that tests put below the cipher.
enum Disk {
    static let usual = "unix-excl"

    /// Looks at what is written, and lets no file grow without end.
    static let watched = {
        precondition(watched_disk_register() == 0)
        return "watched-disk"
    }()
}

/// The rules that the test copy of the cipher can leave out.
enum Rule: CInt, CaseIterable {
    case none, zeroedReserve, refusedReserve, zeroedBadFrame, refusedZeroFrame, syntheticHeader, gapFill, cutFile,
        frameHeader,
        journalMask
    case hotRecord, countedRecord, journalHeader, boundPlace, temporaryFiles, forkedNonces

    private static let turn = Mutex(())

    /// Leaves the rule out for as long as the body takes; one at a time.
    static func leavingOut<T>(_ rule: Rule, _ body: () throws -> T) rethrows -> T {
        try turn.withLock { _ in
            ablated_set_rule(rule.rawValue)
            defer { ablated_set_rule(Rule.none.rawValue) }
            return try body()
        }
    }
}
