/// Checks, before closing, that every document is where it belongs (R14).
///
/// A pure computation over what is filed; the key worker signs its result. It has nothing to do with the auditor of the
/// access log.
public struct FileAudit: Sendable {
    /// A document as filed: what it is, on which record, under which entry.
    public struct Filed: Hashable, Sendable {
        /// The kind.
        public let kind: DocumentKind
        /// The record it stands on.
        public let record: RecordKind
        /// The entry's reference.
        public let entry: String

        /// Names a filed document.
        public init(kind: DocumentKind, record: RecordKind, entry: String) {
            self.kind = kind
            self.record = record
            self.entry = entry
        }
    }

    private let convention: FilingConvention

    /// Makes an audit by a convention.
    public init(by convention: FilingConvention = .standard) { self.convention = convention }

    /// Audits what is filed on both records of a child.
    ///
    /// - Parameters:
    ///   - filed: every document of both records that is not superseded.
    ///   - excuses: for a kind that is expected and missing, the reason why there is none. An empty reason is none, and a
    ///     misfiled document has no excuse.
    public func result(of filed: [Filed], excuses: [DocumentKind: String] = [:]) -> AuditResult {
        let misfiled = filed.compactMap { document in
            convention.judge(document.kind, on: document.record).map { AuditResult.Misfiled(filed: document, why: $0) }
        }
        var missing: [AuditResult.Missing] = []
        var excused: [AuditResult.Excused] = []
        let present = Set(filed.filter { $0.record == .adoption }.map(\.kind))
        for row in convention.expectedAtClosing where !present.contains(row.kind) {
            if let instead = row.orInstead, present.contains(instead) { continue }
            let reason = (excuses[row.kind] ?? "").trimmedOfSpace
            if reason.isEmpty {
                missing.append(.init(kind: row.kind, title: row.title, why: row.expectedAtClosing ?? ""))
            } else {
                excused.append(.init(kind: row.kind, reason: reason))
            }
        }
        return AuditResult(documentCount: filed.count, misfiled: misfiled, missing: missing, excused: excused)
    }
}

/// Holds what a file audit found.
public struct AuditResult: Hashable, Sendable {
    /// A document on the wrong record.
    public struct Misfiled: Hashable, Sendable {
        /// The document.
        public let filed: FileAudit.Filed
        /// The refusal it would meet today, with the right record.
        public let why: Refusal
    }

    /// An expected document that is not there.
    public struct Missing: Hashable, Sendable {
        /// Its kind.
        public let kind: DocumentKind
        /// The kind in words.
        public let title: String
        /// Why it is expected.
        public let why: String
    }

    /// An expected document that is not there, for a reason.
    public struct Excused: Hashable, Sendable {
        /// Its kind.
        public let kind: DocumentKind
        /// The reason given.
        public let reason: String
    }

    /// How many documents were looked at.
    public let documentCount: Int
    /// The documents on the wrong record.
    public let misfiled: [Misfiled]
    /// The documents that are missing without a reason.
    public let missing: [Missing]
    /// The documents that are missing for a reason.
    public let excused: [Excused]

    /// Whether the audit may be signed.
    public var isClean: Bool { refusal == nil }

    /// The refusal to sign it; a misfiled document comes before a missing one.
    public var refusal: Refusal? {
        if !misfiled.isEmpty { return Refusal(.auditFoundMisfiled) }
        return missing.isEmpty ? nil : Refusal(.auditIncomplete)
    }
}
