public import Foundation
public import Sealing

/// Every key someone has, or ever had: private keys and 32-byte secrets, each tried on whatever is sealed.
public struct HeldKeys {
    private var privates: [Data: EncapsulationPrivateKey] = [:]
    private var secrets: Set<Data> = []

    /// Takes people's identities, and 32-byte secrets of any kind.
    public init(_ identities: [Identity], secrets: [Data] = []) {
        for identity in identities { privates[identity.encapsulation.seed] = identity.encapsulation }
        for secret in secrets { add(secret) }
    }

    /// Opens every wrap in a store that these keys open, with what that gave again, until nothing more opens.
    public mutating func collect(from store: RawStore) throws {
        var closed = try store.sealedKeys()
        var untried = Array(privates.values)
        while !untried.isEmpty {
            let opened = closed.map { Self.open($0, with: untried) }
            let known = Set(privates.keys)
            for case let secret? in opened { add(Data(secret.prefix(Self.secretByteCount))) }
            closed = zip(closed, opened).filter { $1 == nil }.map(\.0)
            untried = privates.filter { !known.contains($0.key) }.map(\.value)
        }
    }

    /// What is sealed in a thing, or nil if none of these keys opens it.
    public func open(_ thing: SealedThing) -> Data? {
        switch thing.form {
        case .envelope: return Self.open(thing, with: privates.values)
        case .stream(let bytes, let identity, let record):
            let first = Data(bytes.prefix(StreamOpener.headerByteCount + StreamOpener.sealedChunkByteCount))
            for secret in secrets {
                guard let key = try? RecordKey(bytes: secret) else { continue }
                var opener = key.entryKey(Data(identity.utf8)).opener(owner: Data("\(record) \(identity)".utf8))
                if let opened = try? opener.open(chunk: first) { return opened.plaintext }
            }
            return nil
        }
    }

    private static func open(_ thing: SealedThing, with keys: some Sequence<EncapsulationPrivateKey>) -> Data? {
        guard case .envelope(let bytes, let label, let context) = thing.form else { return nil }
        for key in keys {
            if let opened = try? Envelope.open(bytes, with: key, label: label, context: Data(context.utf8)) {
                return opened
            }
        }
        return nil
    }

    /// Whether one of these keys opens it.
    public func opens(_ thing: SealedThing) -> Bool { open(thing) != nil }

    private static let secretByteCount = 32

    /// Any 32 bytes may be a record's key, and any may be the seed of a private one.
    private mutating func add(_ secret: Data) {
        guard secret.count == Self.secretByteCount, secrets.insert(secret).inserted else { return }
        privates[secret] = try? EncapsulationPrivateKey(seed: secret)
    }
}
