import Adoption
import EncryptedStore
import Foundation
import Sealing
import WorkingDays

/// What the file audit found.
public struct AuditView: Sendable, Codable {
    /// A document on the wrong record.
    public struct Misfiled: Sendable, Codable {
        /// The misfiled entry.
        public let entry: String
        /// The kind of document or record.
        public let kind: String
        /// The kind of record it stands on.
        public let onRecord: String
        /// Why it is found.
        public let why: String
    }

    /// An expected document that is not there.
    public struct Missing: Sendable, Codable {
        /// The kind of document or record.
        public let kind: String
        /// The document's name.
        public let title: String
        /// Why it is found.
        public let why: String
    }

    /// How many documents there are.
    public let documentCount: Int
    /// Documents on the wrong record.
    public let misfiled: [Misfiled]
    /// Expected documents that are not there.
    public let missing: [Missing]
    /// Reasons given for expected documents, by kind.
    public let excused: [String: String]
    /// Whether nothing is misfiled or missing.
    public let isClean: Bool
    /// Whether this audit was signed.
    public let isSigned: Bool
}

/// What closing both records did, or with a preview would do.
public struct ClosingCertificate: Sendable, Codable {
    /// One of the two records.
    public struct Closed: Sendable, Codable {
        /// The kind of document or record.
        public let kind: String
        /// How many entries it has.
        public let entryCount: Int
        /// How many documents there are.
        public let documentCount: Int
        /// SHA-256 over the digests of all its signed entries, in the order of their identifiers.
        public let digest: String
        /// The last day it is kept; nil where the agency decides.
        public let keptUntil: String?
        /// The retention class.
        public let retention: String
    }

    /// The day of closing.
    public let closedOn: String
    /// The day of the order.
    public let orderOn: String
    /// The day the file audit was signed.
    public let auditSignedOn: String
    /// The two records.
    public let records: [Closed]
    /// Whether nothing was done.
    public let isPreview: Bool
}

extension Session {
    /// Computes the file audit of a child's two records, and signs it if asked and clean (R14).
    ///
    /// - Parameter excuses: a reason for each expected document that there is none of, by kind.
    public func audit(
        _ reference: String, excuses: [String: String] = [:], sign: Bool = false
    ) throws -> Outcome<AuditView> {
        try write(Ask(.closureAudit, on: .record(reference))) { passage in
            var (care, adoption) = try passage.bothRecords()
            let result = try FileAudit(by: passage.filing).result(
                of: passage.filed(on: [care, adoption]),
                excuses: Dictionary(uniqueKeysWithValues: excuses.map { (DocumentKind($0.key), $0.value) }))
            if sign {
                try passage.judge(.signAudit, on: care)
                try passage.judge(.signAudit, on: adoption)
                if let refusal = result.refusal { throw refusal }
                var entry = passage.content(.audit, of: adoption)
                entry.fields = excuses
                entry.payload = try CanonicalJSON.encode(AuditView(result, isSigned: true))
                try passage.file(entry, with: passage.hold(adoption))
                for var record in [care, adoption] {
                    record.auditSignedOn = passage.today
                    try passage.records.update(record)
                }
                care.auditSignedOn = passage.today
                adoption.auditSignedOn = passage.today
            }
            passage.touchedOther(of: care, adoption, as: .closureAudit)
            return AuditView(result, isSigned: sign)
        }
    }

    /// Shows how far the closing of a child's records has come.
    public func showClosure(_ reference: String) throws -> Outcome<[WaitLine]> {
        try read(Ask(.closureShow, on: .record(reference))) { passage in
            let (care, _) = try passage.bothRecords()
            return Waiting.waitsFor(try passage.domainFacts(care)).map(WaitLine.init)
        }
    }

    /// Closes the care record and the adoption record in one transaction, for good (R14).
    ///
    /// Everything is sealed anew under a fresh key of the archive; the privileged group ends; nothing that was wrapped
    /// before opens it again. There is no call that undoes this.
    public func close(_ reference: String, preview: Bool = false) throws -> Outcome<ClosingCertificate> {
        let outcome: Outcome<ClosingCertificate>
        if preview {
            outcome = try read(Ask(.closureShow, on: .record(reference), right: .closureClose)) { passage in
                try Closing(passage: passage).certificate(isPreview: true)
            }
        } else {
            outcome = try write(Ask(.closureClose, on: .record(reference))) { try Closing(passage: $0).run() }
            // What the old keys opened must not outlive the closing in the write-ahead log.
            if case .done = outcome { try database.truncateLog() }
        }
        return outcome
    }
}

extension AuditView {
    init(_ result: AuditResult, isSigned: Bool) {
        documentCount = result.documentCount
        misfiled = result.misfiled.map {
            Misfiled(
                entry: $0.filed.entry, kind: $0.filed.kind.rawValue, onRecord: $0.filed.record.rawValue,
                why: $0.why.message)
        }
        missing = result.missing.map { Missing(kind: $0.kind.rawValue, title: $0.title, why: $0.why) }
        excused = Dictionary(uniqueKeysWithValues: result.excused.map { ($0.kind.rawValue, $0.reason) })
        isClean = result.isClean
        self.isSigned = isSigned
    }
}

extension Passage {
    fileprivate func filed(on records: [RecordRow]) throws -> [FileAudit.Filed] {
        try records.flatMap { record in
            try entries.of(record: record.id).filter { !$0.isSuperseded && $0.slot == .main }.compactMap { row in
                row.documentKind.map { FileAudit.Filed(kind: DocumentKind($0), record: record.kind, entry: row.id) }
            }
        }
    }
}
