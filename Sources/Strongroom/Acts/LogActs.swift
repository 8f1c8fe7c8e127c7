public import Foundation
import TransparencyLog
import WorkingDays

/// One entry of the access log as an auditor sees it.
public struct LogLine: Sendable, Codable {
    /// The entry's place, from zero.
    public let position: UInt64
    /// When, in vault time, UTC.
    public let time: String
    /// What was asked for.
    public let act: String
    /// The person's short name, from the staff directory.
    public let actor: String
    /// The record's alias; empty for an act on the vault.
    public let alias: String
    /// allow, deny or refuse.
    public let decision: String
    /// The policies that decided, or the rule that refused.
    public let reasons: [String]

    init(_ entry: LoggedEntry, in passage: Passage) throws {
        position = entry.seq
        time = entry.t
        act = entry.ev
        actor = try passage.handle(entry.actor)
        alias = entry.rec
        decision = entry.decision
        reasons = entry.reason
    }
}

/// What checking the log inside the store found.
public struct LogVerification: Sendable, Codable {
    /// How many entries.
    public let size: UInt64
    /// The tree's root, base64.
    public let root: String
    /// The size of the earlier checkpoint it was shown to extend.
    public let extends: UInt64?
    /// How many actors' signatures were checked.
    public let signatureCount: Int
}

extension Session {
    /// Shows entries, the newest last.
    ///
    /// - Parameter record: only those of this record, if the auditor was given its reference.
    public func showLog(record: String? = nil, last: Int? = nil, actor: String? = nil) throws -> Outcome<[LogLine]> {
        try read(Ask(.logShow, on: .vault)) { passage in
            let aliases = try record.map { reference -> Set<String> in
                guard let row = try Passage.canonical(reference).flatMap({ try passage.records.find(reference: $0) })
                else { return [] }
                return try passage.logRows.aliases(of: row.id)
            }
            let wanted = try actor.map { try passage.staff(handle: $0) ?? "" }
            let size = try passage.logRows.head()?.size ?? 0
            var lines: [LogLine] = []
            for position in (0..<size).reversed() {
                if let last, lines.count == last { break }
                let entry = try LoggedEntry.parse(passage.logRows.entry(position))
                if let aliases, !aliases.contains(entry.rec) { continue }
                if let wanted, entry.actor != wanted { continue }
                lines.append(try LogLine(entry, in: passage))
            }
            return lines.reversed()
        }
    }

    /// Derives the whole log again from its entries: every leaf, every node, the root, and every actor's signature.
    ///
    /// - Parameter since: a signed checkpoint from before, which the log must extend.
    public func verifyLog(since: String? = nil) throws -> Outcome<LogVerification> {
        try read(Ask(.logVerify, on: .vault)) { try LogCheck(passage: $0).run(since: since) }
    }

    /// The latest signed checkpoint, to be kept somewhere the vault's operator cannot reach.
    public func checkpoint() throws -> Outcome<String> {
        try read(Ask(.logCheckpoint, on: .vault)) { passage in
            guard let head = try passage.logRows.head() else { throw VaultFault.damaged("the access log has no head") }
            return head.checkpoint
        }
    }

    /// Writes the log as static files in the form of C2SP tlog-tiles, with its public key beside them.
    public func exportLog(to directory: URL) throws -> Outcome<UInt64> {
        try read(Ask(.logExport, on: .vault)) { passage in
            guard let head = try passage.logRows.head() else { throw VaultFault.damaged("the access log has no head") }
            try TileExport(directory: directory).write(
                checkpoint: head.checkpoint, size: head.size, nodes: passage.logRows,
                entries: { try passage.logRows.entry($0) })
            let key = directory.appendingPathComponent("log.vkey")
            try Data((logSigner.verifier.vkey + "\n").utf8).write(to: key, options: .atomic)
            return head.size
        }
    }
}
