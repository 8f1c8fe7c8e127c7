import CFuzzMain
import Foundation
import FuzzSealing
import Sealing

/// Any text read as a recovery share's page, any bytes as what stands on such pages, and what was read put together.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Data(UnsafeBufferPointer(start: start, count: count))
    _ = share(on: String(decoding: bytes, as: UTF8.self))
    let pages = stride(from: 0, to: count - SharePage.byteCount + 1, by: SharePage.byteCount)
        .map { SharePage.text(of: Data(bytes[$0..<($0 + SharePage.byteCount)])) }
    let shares = pages.compactMap(share(on:))
    if let secret = reading({ try RecoveryShares.combine(shares) }) {
        precondition(secret.count == RecoveryShares.secretByteCount, "a secret of another length")
    }
    return 0
}

private func share(on page: String) -> RecoveryShare? {
    guard let share = reading({ try RecoveryShare(page: page) }) else { return nil }
    precondition((2...share.count).contains(share.threshold), "a threshold without sense")
    precondition((1...share.count).contains(share.index) && share.count <= 32, "an index without sense")
    precondition(reading { try RecoveryShare(page: share.page) } == share, "printed otherwise than it was read")
    return share
}
