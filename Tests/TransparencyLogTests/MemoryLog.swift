import Foundation
import TransparencyLog

/// A log held in memory: what a store would keep, and nothing clever.
struct MemoryLog: NodeSource {
    static let origin = "vault.example/adoption-log"
    /// The worked example's key: its seed is the bytes 00 to 1f.
    static let signer = signer(named: origin, firstSeedByte: 0)

    private(set) var entries: [[UInt8]] = []
    private var levels: [[Digest32]] = []
    private var frontier = TreeFrontier()

    init(_ entries: some Sequence<[UInt8]>) {
        for entry in entries { append(entry) }
    }

    /// A log of entries in the shape the vault writes.
    static func canonical(count: Int, policy: String = "access/12") -> MemoryLog {
        MemoryLog((0..<count).lazy.map { canonicalEntry($0, policy: policy) })
    }

    static func canonicalEntry(_ index: Int, policy: String = "access/12") -> [UInt8] {
        let time = String(format: "2026-01-01T%02d:%02d:%02d.000Z", index / 3_600, index / 60 % 60, index % 60)
        return Array(#"{"v":1,"seq":\#(index),"t":"\#(time)","ev":"record.read","policy":"\#(policy)"}"#.utf8)
    }

    static func signer(named name: String, firstSeedByte: UInt8) -> NoteSigner {
        do {
            return try NoteSigner(name: name, ed25519Seed: (0..<32).map { firstSeedByte + $0 })
        } catch {
            fatalError("\(error)")
        }
    }

    mutating func append(_ entry: [UInt8]) {
        entries.append(entry)
        for (position, hash) in frontier.append(leaf: MerkleHash.leaf(entry)) {
            if position.level == levels.count { levels.append([]) }
            precondition(levels[position.level].count == Int(position.index), "nodes come in order")
            levels[position.level].append(hash)
        }
    }

    func node(at position: NodePosition) throws -> Digest32 { levels[position.level][Int(position.index)] }

    func root(_ size: Int) throws -> Digest32 { try MerkleTree.root(size: UInt64(size), from: self) }

    func checkpoint(_ size: Int) throws -> Checkpoint {
        Checkpoint(origin: Self.origin, size: UInt64(size), root: try root(size))
    }

    func note(_ size: Int) throws -> String { try checkpoint(size).signed(by: [Self.signer]) }

    func export(_ size: Int, to directory: URL) throws {
        try TileExport(directory: directory).write(checkpoint: note(size), size: UInt64(size), nodes: self) {
            entries[Int($0)]
        }
    }
}
