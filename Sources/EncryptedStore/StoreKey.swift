import CPageCipher
public import Foundation

/// The 32 random bytes that a store's pages are sealed under, in memory that is neither swapped nor dumped and that is
/// wiped when the last holder lets go of it.
public final class StoreKey: Sendable {
    /// The length of a key.
    public static let byteCount = Int(page_cipher_key_byte_count)

    private nonisolated(unsafe) let memory: UnsafeMutableRawBufferPointer

    /// A new key from the system's random numbers.
    ///
    /// - Throws: ``StoreFault/disk(_:)`` if the system gives none, or no memory that can be locked.
    public init() throws {
        memory = try Self.lockedMemory()
        guard page_cipher_random(memory.baseAddress, memory.count) == 1 else {
            page_cipher_secret_free(memory.baseAddress, memory.count)
            throw StoreFault.disk("the system gives no random numbers")
        }
    }

    /// The key that somebody unwrapped. The bytes given are wiped, unless the caller holds them a second time.
    ///
    /// - Throws: ``StoreFault/statement(_:)`` unless they are 32; ``StoreFault/disk(_:)`` without memory to lock.
    public init(taking bytes: inout Data) throws {
        guard bytes.count == Self.byteCount else { throw StoreFault.statement("a store key is 32 bytes") }
        memory = try Self.lockedMemory()
        bytes.withUnsafeBytes { memory.copyMemory(from: $0) }
        bytes.resetBytes(in: bytes.startIndex..<bytes.endIndex)
    }

    deinit {
        page_cipher_secret_free(memory.baseAddress, memory.count)
    }

    /// Lends the key's bytes; nobody keeps them beyond the call but to wrap them.
    public func withBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        try withExtendedLifetime(self) { try body(UnsafeRawBufferPointer(memory)) }
    }

    private static func lockedMemory() throws -> UnsafeMutableRawBufferPointer {
        guard let memory = page_cipher_secret_new(byteCount) else {
            throw StoreFault.disk("no memory can be locked for the store's key; see `ulimit -l`")
        }
        return UnsafeMutableRawBufferPointer(start: memory, count: byteCount)
    }
}

/// What the process as a whole owes to the secrets in it.
public enum ProcessMemory {
    /// Forbids core dumps, and other processes of the same user to look into this one.
    ///
    /// - Returns: whether the system agreed.
    @discardableResult
    public static func refuseDumps() -> Bool { page_cipher_refuse_dumps() == 1 }
}
