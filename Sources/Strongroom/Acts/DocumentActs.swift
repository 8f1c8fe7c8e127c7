import Adoption
import Crypto
import EncryptedStore
public import Foundation
import Sealing
public import WorkingDays

/// One entry of a record as a list shows it.
public struct EntryLine: Sendable, Codable {
    /// The entry's identifier.
    public let id: String
    /// What kind of entry it is.
    public let kind: String
    /// What kind of document, by the filing convention.
    public let documentKind: String?
    /// The day it happened.
    public let on: String
    /// Its title, or its text's first line.
    public let title: String?
    /// Who wrote it, by short name.
    public let author: String
    /// Whether a correction replaced it.
    public let isSuperseded: Bool
    /// Whether it lies under the record's second key.
    public let isRestricted: Bool
    /// The document's length in bytes.
    public let byteCount: UInt64?
}

/// One entry, opened.
public struct EntryView: Sendable, Codable {
    /// The entry as a list shows it.
    public let line: EntryLine
    /// When it was recorded, in vault time.
    public let recordedAt: String
    /// What it says.
    public let text: String?
    /// The entry it corrects.
    public let supersedes: String?
    /// Why it was corrected or moved.
    public let reason: String?
    /// Structured facts by name.
    public let fields: [String: String]
}

/// What became of a document that was asked for.
public struct DocumentRead: Sendable {
    /// The name the file had.
    public let fileName: String
    /// The document's length in bytes.
    public let byteCount: UInt64
    /// The content, unless it was written to a file.
    public let content: Data?
}

/// Where a misfiled entry went, and who had opened it where it was wrong.
public struct Moved: Sendable, Codable {
    /// The entry's identifier on the right record.
    public let newEntry: String
    /// Who had opened it, by short name.
    public let openedBy: [String]
}

extension Session {
    /// A document larger than this is staged in transactions of its own before one small transaction refers to it.
    private static let stagingByteCount: UInt64 = 4 << 20
    private static let chunksPerTransaction = 32

    /// Files a document on a record, sealed as a stream in constant memory.
    ///
    /// Requires a regular file. If it changes while it is read, nothing is kept.
    public func addDocument(
        _ reference: String, file: URL, kind: String, title: String? = nil, on day: Day? = nil
    ) throws -> Outcome<Filed> {
        let source = try SourceFile(file)
        let kind = DocumentKind(kind)
        let ask = Ask(.documentAdd, on: .record(reference)).dated(day)
        guard source.byteCount > Self.stagingByteCount else {
            return try write(ask) { passage in
                let place = try passage.stage(kind, day: day)
                var sealer = DocumentSealer(source: source, place: place)
                while let chunks = try sealer.next(Self.chunksPerTransaction) {
                    try sealer.store(chunks, in: passage.entries)
                }
                return try passage.refer(to: sealer, kind: kind, title: title, on: day)
            }
        }
        let staged = try write(ask) { try $0.stage(kind, day: day) }
        guard case .done(let place) = staged else {
            return staged.map { _ in Filed(entry: "", signpost: nil, warnings: []) }
        }
        do {
            var sealer = DocumentSealer(source: source, place: place)
            while let chunks = try sealer.next(Self.chunksPerTransaction) {
                try database.write { try sealer.store(chunks, in: EntryRows(statements: $0)) }
            }
            return try write(ask) { passage in
                try passage.refer(to: sealer, kind: kind, title: title, on: day)
            }
        } catch {
            try? database.write { try EntryRows(statements: $0).deleteDocument(place.document) }
            throw error
        }
    }

    /// Lists what stands on a record.
    public func listEntries(_ reference: String, documentsOnly: Bool = false) throws -> Outcome<[EntryLine]> {
        try read(Ask(.documentList, on: .record(reference))) { passage in
            let record = try passage.requireRecord()
            return try passage.entries.of(record: record.id)
                .filter { !documentsOnly || $0.document != nil }
                .compactMap { try passage.lineIfHeld($0, of: record) }
        }
    }

    /// Opens one entry.
    public func readEntry(_ reference: String, _ entry: String) throws -> Outcome<EntryView> {
        var ask = Ask(.entryRead, on: .record(reference))
        ask.committed.append((label: "entry", value: entry))
        return try marking(ask, entry) { passage in
            let opened = try passage.opened(entry)
            return EntryView(
                line: try passage.line(opened), recordedAt: passage.origin(of: opened.content).at,
                text: opened.content.text, supersedes: opened.content.supersedes, reason: opened.content.reason,
                fields: try passage.fields(of: opened.content))
        }
    }

    /// Opens a document: into memory, or into a new file of mode 0600, which is logged as released outside.
    ///
    /// - Throws: ``VaultFault/exists(_:)`` rather than overwrite; on any fault the file is removed again.
    public func readDocument(_ reference: String, _ entry: String, out: URL? = nil) throws -> Outcome<DocumentRead> {
        var ask = Ask(out == nil ? .documentRead : .documentRelease, on: .record(reference))
        ask.committed.append((label: "entry", value: entry))
        return try marking(ask, entry) { passage in
            let record = try passage.requireRecord()
            let opened = try passage.opened(entry)
            guard let document = opened.row.document else {
                throw VaultFault.unusable("`\(entry)` has no document", hint: "read it with `strongroom entry read`")
            }
            let hold = try passage.readingHold(record, slot: opened.row.slot)
            let place = Passage.Place(document: document, record: record.id, key: try passage.key(of: opened.row, hold))
            let name = opened.content.fileName ?? "document"
            var content = Data()
            if let out {
                try NewFile.write(to: out) { file in
                    try passage.stream(place, digest: opened.content.digest) { try file.write(contentsOf: $0) }
                }
            } else {
                try passage.stream(place, digest: opened.content.digest) { content.append($0) }
            }
            return DocumentRead(
                fileName: name, byteCount: opened.content.byteCount ?? 0, content: out == nil ? content : nil)
        }
    }

    /// A read of one entry, kept beside the log so that a misfiled entry can tell who opened it.
    private func marking<Answer>(
        _ ask: Ask, _ entry: String, _ open: (Passage) throws -> Answer
    ) throws -> Outcome<Answer> {
        try read(ask, noting: { try $0.markRead(entry) }, open)
    }

    /// Replaces an entry's text by a corrected one; the first stays, superseded.
    ///
    /// - Parameters:
    ///   - text: the corrected words of a note or a visit; of the SPA decision, its day.
    ///   - particulars: what a child's particulars should say, if those are what is corrected.
    public func correct(
        _ reference: String, _ entry: String, text: String, particulars: Particulars? = nil, reason: String
    ) throws -> Outcome<Filed> {
        try write(Ask(.entryCorrect, on: .record(reference)).because(reason)) { passage in
            let record = try passage.requireRecord()
            try passage.requireReason(reason)
            try passage.requireText(text)
            try passage.judge(.correct, on: record)
            let opened = try passage.opened(entry)
            guard !opened.row.isSuperseded else {
                throw VaultFault.unusable(
                    "`\(entry)` was corrected already",
                    hint: "correct the entry that replaced it, see `strongroom entry list`")
            }
            var corrected = opened.content
            corrected.entry = Identifier.fresh(.entry)
            corrected.at = passage.now.text
            corrected.author = passage.me
            corrected.reason = reason
            corrected.supersedes = entry
            corrected.original = nil
            try passage.write(text, particulars, into: &corrected, of: record)
            let row = try passage.file(corrected, with: passage.hold(record, slot: opened.row.slot))
            try passage.entries.supersede(entry)
            try passage.unsignAudit(of: record)
            return Filed(entry: row.id, signpost: nil, warnings: [])
        }
    }

    /// Moves an entry that was filed on the wrong record: re-sealed on the right one, the wrong copy destroyed.
    public func moveEntry(
        _ reference: String, _ entry: String, to other: String, reason: String
    ) throws -> Outcome<Moved> {
        let outcome: Outcome<Moved> = try write(Ask(.documentMove, on: .record(reference)).because(reason)) { passage in
            let source = try passage.requireRecord()
            try passage.requireReason(reason)
            let target = try passage.otherRecord(other, for: .documentMove)
            try passage.judge(.move, on: source)
            try passage.judge(.move, on: target)
            guard source.id == target.care || source.care == target.id else { throw Refusal(.oneRecordPerChild) }
            let moved = try passage.move(entry, from: source, to: target, reason: reason)
            try passage.unsignAudit(of: source)
            passage.touched(target, as: .documentMove)
            return moved
        }
        if case .done = outcome { try database.truncateLog() }
        return outcome
    }
}

extension Passage {
    var filing: FilingConvention {
        get throws { try session.profile(statements, roster: roster).filing }
    }

    /// Judges where a document is to stand and makes its place.
    func stage(_ kind: DocumentKind, day: Day?) throws -> Place {
        let record = try requireRecord()
        try judge(.addDocument, on: record, day: day)
        if let refusal = try filing.judge(kind, on: record.kind) { throw refusal }
        let key = try currentKey(hold(record)).key
        let document = Identifier.fresh(.document)
        try entries.insertDocument(document, record: record.id, isComplete: false)
        return Place(document: document, record: record.id, key: key)
    }

    /// Files the entry that refers to a sealed document.
    func refer(to sealer: DocumentSealer, kind: DocumentKind, title: String?, on day: Day?) throws -> Filed {
        let record = try requireRecord()
        try judge(.addDocument, on: record, day: day)
        try sealer.source.verifyUnchanged(readByteCount: sealer.byteCount)
        let hold = try hold(record)
        var entry = content(.document, of: record, on: day)
        entry.documentKind = kind.rawValue
        entry.fileName = sealer.source.name
        entry.title = title ?? sealer.source.name
        entry.byteCount = sealer.byteCount
        entry.digest = sealer.digest
        try entries.completeDocument(sealer.place.document)
        let row = try file(entry, with: hold, document: sealer.place.document)
        try unsignAudit(of: record)
        return Filed(entry: row.id, signpost: nil, warnings: [])
    }

    /// Puts corrected words into an entry of a kind that has any.
    func write(
        _ text: String, _ particulars: Particulars?, into entry: inout EntryContent, of record: RecordRow
    ) throws {
        switch entry.kind {
        case .note, .visit:
            if record.kind == .care {
                let hasAdoption = try records.adoptionRecord(of: record.id) != nil
                if let refusal = CareText.judge(text, hasAdoptionRecord: hasAdoption) { throw refusal }
            }
            entry.text = text
        case .particulars:
            guard var particulars else {
                throw VaultFault.unusable(
                    "particulars are corrected by lines such as `given: …`", hint: "see `strongroom care open --help`")
            }
            // What a return recognises the child by stays, whatever is corrected.
            particulars.other["child"] = try self.particulars(hold(record))?.other["child"]
            entry.payload = try CanonicalJSON.encode(particulars)
            if record.stage == .open { try insertSearchWords(particulars.words, with: hold(record)) }
        case .decision:
            guard let day = Day(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
                throw VaultFault.unusable("the decision is corrected by its day, such as 2026-03-31", hint: nil)
            }
            var changed = record
            changed.decisionOn = nil
            try records.update(changed)
            try judge(.recordDecision, on: changed, day: day)
            changed.decisionOn = day
            try records.update(changed)
            entry.on = day.description
        default:
            throw VaultFault.unusable(
                "only a note, a visit, particulars and the SPA decision are corrected",
                hint: "what else was wrong is recorded anew, or moved with `strongroom document move`")
        }
    }

    /// What is filed or changed after the file audit was signed has not been audited.
    func unsignAudit(of record: RecordRow) throws {
        let care = try records.find(id: record.care ?? record.id)
        let adoption = try care.flatMap { try records.adoptionRecord(of: $0.id) }
        for var found in [care, adoption].compactMap({ $0 }) where found.auditSignedOn != nil {
            found.auditSignedOn = nil
            try records.update(found)
        }
    }

    /// Carries an entry, and whatever it corrected, from the wrong record to the right one.
    func move(_ entry: String, from source: RecordRow, to target: RecordRow, reason: String) throws -> Moved {
        let opened = try opened(entry)
        guard [.note, .visit, .document].contains(opened.row.kind), !opened.row.isSuperseded else {
            throw VaultFault.unusable(
                "only a note, a visit or a document that still stands is moved", hint: "see `strongroom entry list`")
        }
        if let kind = opened.row.documentKind.map(DocumentKind.init(_:)),
            let refusal = try filing.judge(kind, on: target.kind)
        {
            throw refusal
        }
        let there = try hold(target)
        var readers: Set<String> = []
        var newEntry: EntryRow?
        var next: String? = entry
        while let id = next, let row = try entries.find(id, in: source.id) {
            let here = try hold(source, slot: row.slot)
            let version = try open(row, here)
            if target.kind == .care, let text = version.content.text, let refusal = CareText.judge(text) {
                throw refusal
            }
            readers.formUnion(try entries.readers(of: id))
            let moved = try carry(version, from: here, to: there, reason: reason)
            if newEntry == nil { newEntry = moved } else { try entries.supersede(moved.id) }
            try entries.delete(row)
            next = version.content.supersedes
        }
        guard let newEntry else { throw NotThere() }
        return Moved(newEntry: newEntry.id, openedBy: try readers.map(handle).sorted())
    }

    /// Notes that this person is about to open an entry, unless they have no key for it.
    func markRead(_ id: String) throws {
        let record = try requireRecord()
        guard let row = try entries.find(id, in: record.id) else { return }
        let holder = row.slot == .main ? roster.activeGroup(record.holder) : try restrictedManifest(of: record)
        guard holder?.isMember(me, on: today.description) ?? false else { return }
        try entries.markRead(id, by: me)
    }

    /// The hold to read with. What lies under a second key is the administrators' to read too (R16); everything else
    /// takes membership, whatever the office could open.
    func readingHold(_ record: RecordRow, slot: KeySlot) throws -> RecordHold {
        try slot == .restricted ? holdAsMemberOrOffice(record, slot: slot) : hold(record)
    }

    /// One entry of the record asked for, opened under whichever of its keys it lies.
    func opened(_ id: String) throws -> OpenedEntry {
        let record = try requireRecord()
        guard let row = try entries.find(id, in: record.id) else { throw NotThere() }
        return try open(row, readingHold(record, slot: row.slot))
    }

    /// A second record an act touches, decided on like the first.
    func otherRecord(_ typed: String, for act: Act) throws -> RecordRow {
        guard let reference = Self.canonical(typed), let record = try records.find(reference: reference),
            try decide(Ask(act, on: .record(typed)), on: record).isAllowed
        else { throw NotThere() }
        return record
    }

    /// Re-seals an entry on another record, with what its author signed kept inside.
    @discardableResult
    func carry(_ opened: OpenedEntry, from source: RecordHold, to target: RecordHold, reason: String) throws -> EntryRow
    {
        var moved = opened.content
        moved.entry = Identifier.fresh(.entry)
        moved.record = target.record.id
        moved.author = me
        moved.at = now.text
        moved.reason = reason
        moved.original = opened.signed
        var document: String?
        if let from = opened.row.document {
            document = try recopy(
                Place(document: from, record: source.record.id, key: key(of: opened.row, source)),
                toRecord: target.record.id, key: currentKey(target).key)
        }
        return try file(moved, with: target, document: document)
    }

    /// A list's line for an entry this person holds the key of; nil for a restricted one they do not.
    func lineIfHeld(_ row: EntryRow, of record: RecordRow) throws -> EntryLine? {
        do {
            return try line(open(row, readingHold(record, slot: row.slot)))
        } catch is NotThere where row.slot == .restricted {
            return nil
        }
    }

    /// What an entry said where its author first filed it, before it was moved or migrated.
    func origin(of content: EntryContent) -> EntryContent {
        guard let original = content.original, let signed = try? SignedStatement(encoded: original),
            let first = try? JSONDecoder().decode(EntryContent.self, from: signed.body)
        else { return content }
        return origin(of: first)
    }

    func fields(of content: EntryContent) throws -> [String: String] {
        var fields = content.fields ?? [:]
        guard content.original != nil else { return fields }
        fields["moved by"] = try handle(content.author)
        fields["moved at"] = content.at
        return fields
    }

    func line(_ opened: OpenedEntry) throws -> EntryLine {
        EntryLine(
            id: opened.row.id, kind: opened.row.kind.rawValue, documentKind: opened.row.documentKind,
            on: opened.content.on, title: opened.content.title ?? opened.content.text?.firstLine,
            author: try handle(origin(of: opened.content).author), isSuperseded: opened.row.isSuperseded,
            isRestricted: opened.row.slot == .restricted, byteCount: opened.content.byteCount)
    }
}

extension String {
    private static let titleLength = 60

    fileprivate var firstLine: String {
        let line = prefix { !$0.isNewline }
        return line.count > Self.titleLength ? line.prefix(Self.titleLength) + "…" : String(line)
    }
}
