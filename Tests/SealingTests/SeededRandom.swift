import Foundation
import Sealing
import Synchronization

/// The same bytes for the same seed, so that vectors can be made again.
final class SeededRandom: SecureRandom {
    private let key: TokenKey
    private let drawn = Mutex(0)

    init(_ seed: String) {
        let zero = Data(count: TokenKey.byteCount)
        guard
            let first = try? TokenKey(bytes: zero),
            let key = try? TokenKey(bytes: first.token(Data(seed.utf8), label: Label("strongroom/test-seed/v1")))
        else { fatalError("a token key is 32 bytes") }
        self.key = key
    }

    func bytes(_ count: Int) -> Data {
        var bytes = Data()
        while bytes.count < count {
            let number = drawn.withLock { drawn in
                drawn += 1
                return drawn
            }
            bytes += key.token(Data(String(number).utf8), label: Label("strongroom/test-random/v1"))
        }
        return bytes.prefix(count)
    }
}

/// Gives exactly the bytes it was made with, in order: for keys that a vector spells out.
final class FixedRandom: SecureRandom {
    private let rest: Mutex<Data>

    init(_ fixed: Data) { rest = Mutex(fixed) }

    func bytes(_ count: Int) -> Data {
        rest.withLock { rest in
            precondition(count <= rest.count, "a vector spells out too few bytes")
            defer { rest = rest.dropFirst(count) }
            return Data(rest.prefix(count))
        }
    }
}
