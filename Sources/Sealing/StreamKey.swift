import Crypto
import Foundation

/// The key of one sealed stream, and how one chunk is sealed and opened with it.
///
/// The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, 2015) as age uses it: the nonce counts the chunks and
/// marks the last, so that none can be moved, left out or added.
struct StreamKey {
    private let subkey: CommittedKey
    let salt: Data

    static let headerByteCount =
        Format.preludeByteCount + CommittedKey.saltByteCount + CommittedKey.commitmentByteCount
    static let tagByteCount = 16
    private static let counterByteCount = 11
    private static let nonceByteCount = counterByteCount + 1

    /// The subkey of a new stream.
    init(of secret: SymmetricKey, owner: Data, salt: Data) {
        subkey = CommittedKey(from: secret, salt: salt, info: Format.stream.info(.stream, owner))
        self.salt = salt
    }

    /// The subkey of the stream that begins with `header`; the commitment is compared before anything is opened.
    init(of secret: SymmetricKey, owner: Data, header: Data) throws {
        var reader = ByteReader(header)
        try Format.stream.readPrelude(from: &reader)
        self.init(of: secret, owner: owner, salt: try reader.take(CommittedKey.saltByteCount))
        guard try subkey.commitment.matches(reader.take(CommittedKey.commitmentByteCount)) else {
            throw SealingFault.damaged
        }
    }

    var header: Data { Format.stream.prelude + salt + subkey.commitment }

    func seal(_ plaintext: Data, number: UInt64, isLast: Bool) throws -> Data {
        let box = try AES.GCM.seal(plaintext, using: subkey.key, nonce: StreamKey.nonce(number, isLast))
        // Ciphertext and tag lie together behind the nonce: a part of that costs nothing, putting them together anew a copy.
        guard let combined = box.combined else { preconditionFailure("a nonce of 12 bytes has a combined form") }
        return combined.dropFirst(StreamKey.nonceByteCount)
    }

    /// Nothing, if this is not chunk `number`, last or not as said.
    func open(_ sealed: Data, number: UInt64, isLast: Bool) throws -> Data? {
        guard
            let box = try? AES.GCM.SealedBox(
                nonce: StreamKey.nonce(number, isLast), ciphertext: sealed.dropLast(StreamKey.tagByteCount),
                tag: sealed.suffix(StreamKey.tagByteCount))
        else { return nil }
        return try? AES.GCM.open(box, using: subkey.key)
    }

    private static func nonce(_ number: UInt64, _ isLast: Bool) throws -> AES.GCM.Nonce {
        let counter = Swift.withUnsafeBytes(of: number.bigEndian) { Data($0) }
        return try AES.GCM.Nonce(
            data: Data(count: counterByteCount - counter.count) + counter + [isLast ? 1 : 0])
    }
}
