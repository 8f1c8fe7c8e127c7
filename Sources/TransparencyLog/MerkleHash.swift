import Crypto

/// The two hashes of RFC 6962 section 2.1, told apart by their first byte, so that no node can pass for an entry.
public enum MerkleHash {
    static let leafPrefix: UInt8 = 0x00
    static let nodePrefix: UInt8 = 0x01

    /// The root of the tree without entries: SHA-256 of nothing.
    public static let emptyRoot = finish(SHA256())

    /// The hash under which an entry stands in the tree: `SHA-256(0x00 || entry)`.
    public static func leaf(_ entry: [UInt8]) -> Digest32 { entry.withUnsafeBytes { leaf($0) } }

    /// The hash of a node: `SHA-256(0x01 || left || right)`.
    public static func node(_ left: Digest32, _ right: Digest32) -> Digest32 {
        withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Digest32.byteCount, alignment: 8) { buffer in
            buffer[0] = nodePrefix
            left.withBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[1..<33]).copyMemory(from: $0) }
            right.withBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[33..<65]).copyMemory(from: $0) }
            var hash = SHA256()
            hash.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            return finish(hash)
        }
    }

    static func leaf(_ entry: UnsafeRawBufferPointer) -> Digest32 {
        var hash = SHA256()
        withUnsafeBytes(of: leafPrefix) { hash.update(bufferPointer: $0) }
        hash.update(bufferPointer: entry)
        return finish(hash)
    }

    private static func finish(_ hash: SHA256) -> Digest32 {
        hash.finalize().withUnsafeBytes { Digest32(copying: $0) }
    }
}
