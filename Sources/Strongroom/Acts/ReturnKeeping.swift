import Adoption
import Crypto
import Foundation
import Sealing

/// One child's held lines, and its rows where no record took them.
struct KeptHeld: Codable, Hashable {
    let identifier: String
    /// The return whose rows are kept here; nil where only lines are.
    let ofReturn: String?
    let lines: [String]
    let care: Data?
    let sealed: Data?
}

/// The return's annex: a record of the office's own that keeps what belongs on no child's record.
final class ReturnKeeping {
    /// The name under which an entry says of which return it is.
    static let returnField = "return"

    /// What an entry of the annex is; stands as its document kind.
    enum Part: String {
        case sealedSides = "sealed-sides"
        case frame
        case held
    }

    private let passage: Passage
    private lazy var heldBefore: [String: (entry: String, kept: KeptHeld)] = (try? loadHeld()) ?? [:]

    init(passage: Passage) { self.passage = passage }

    /// The annex and its key; made on the first import.
    func annexHold(making: Bool = false) throws -> RecordHold? {
        if let annex = try passage.records.all(kind: .returned).first { return try passage.holdAsMemberOrOffice(annex) }
        guard making, let office = passage.roster.group(.office) else { return nil }
        let annex = RecordRow(
            id: Identifier.fresh(.record),
            reference: ReturnReference(random: randomBytes(ReturnReference.randomByteCount)).description,
            kind: .returned, stage: .open, team: nil, holder: office.group, holderSalt: randomBytes(16), care: nil,
            isImported: true, planRecorded: false, openedOn: passage.today)
        try passage.records.insert(annex)
        try passage.recordKeys.make(record: annex.id, slot: .main, holder: office)
        return try passage.hold(annex)
    }

    /// Keeps the sealed sides of children who have no adoption record. One that was given one leaves the annex; one
    /// this year's return does not name stays.
    func file(_ sides: [String: Data], leaving: Set<String>, in hold: RecordHold?) throws {
        var all = try sealedSides()
        for identifier in leaving { all[identifier] = nil }
        for (identifier, side) in sides { all[identifier] = side }
        try file(CanonicalJSON.encode(all), as: .sealedSides, in: hold)
    }

    /// Takes a child's sealed side out of the annex, for the adoption record it is given now.
    func takeOut(_ identifier: String) throws -> Data? {
        guard let hold = try annexHold(), let side = try sealedSides()[identifier] else { return nil }
        try file([:], leaving: [identifier], in: hold)
        return side
    }

    func file(_ payload: Data, as part: Part, in hold: RecordHold?) throws {
        guard let hold else { throw NotThere() }
        let before = try latest(part, hold)
        guard before?.content.payload != payload else { return }
        var entry = passage.content(.returnRows, of: hold.record)
        entry.documentKind = part.rawValue
        entry.payload = payload
        try passage.file(entry, with: hold)
        // Not superseded but deleted: what a child takes along to its own record must not stay behind in an old copy.
        if let before { try passage.entries.delete(before.row) }
    }

    /// Keeps a child's held lines, unless the very same are kept already.
    func hold(_ kept: KeptHeld) throws -> Bool {
        let before = heldBefore[kept.identifier]
        guard before?.kept != kept, let hold = try annexHold() else { return false }
        var entry = passage.content(.returnRows, of: hold.record)
        entry.documentKind = Part.held.rawValue
        entry.payload = try CanonicalJSON.encode(kept)
        let row = try passage.file(entry, with: hold)
        if let before { try passage.entries.supersede(before.entry) }
        heldBefore[kept.identifier] = (row.id, kept)
        return true
    }

    // MARK: giving back

    func frame() throws -> Data? {
        try annexHold().flatMap { try latest(.frame, $0)?.content.payload }
    }

    /// The children of the latest return; those an earlier one named are kept and not given back with it.
    func children() throws -> [KeptChild] {
        guard let frame = try frame() else { return [] }
        let latest = Self.name(ofFrame: frame)
        let annex = try sealedSides()
        var children: [KeptChild] = []
        for record in try passage.records.all(kind: .care) where record.isImported && record.stage != .closed {
            let hold = try passage.holdAsMemberOrOffice(record)
            guard let rows = try passage.latest(.returnRows, hold)?.content, rows.fields?[Self.returnField] == latest,
                let care = rows.payload, let particulars = try passage.particulars(hold),
                let identifier = particulars.other["child"]
            else { continue }
            let adoption = try passage.records.adoptionRecord(of: record.id)
            var sealed = try adoption.flatMap { adoption -> Data? in
                guard adoption.stage != .closed else { return nil }
                return try sealedRows(passage.holdAsMemberOrOffice(adoption), of: latest)
            }
            if sealed == nil, try passage.restrictedManifest(of: record) != nil {
                // A reversed plan's sealed rows lie under the care record's second key.
                sealed = try sealedRows(passage.holdAsMemberOrOffice(record, slot: .restricted), of: latest)
            }
            children.append(KeptChild(identifier: identifier, care: care, sealed: sealed ?? annex[identifier]))
        }
        for (_, held) in try loadHeld().values where held.ofReturn == latest {
            if let care = held.care {
                children.append(KeptChild(identifier: held.identifier, care: care, sealed: held.sealed))
            }
        }
        return children
    }

    private func sealedRows(_ hold: RecordHold, of latest: String) throws -> Data? {
        let rows = try passage.latest(.returnRows, hold)?.content
        return rows?.fields?[Self.returnField] == latest ? rows?.payload : nil
    }

    /// What names one return: a digest of its frame, under the seal.
    static func name(ofFrame frame: Data) -> String { Data(SHA256.hash(data: frame)).hexadecimal }

    func held() throws -> [HeldLine] {
        let references = try referencesByIdentifier()
        return try loadHeld().values.sorted { $0.kept.identifier < $1.kept.identifier }.flatMap { held in
            held.kept.lines.map {
                HeldLine(reference: references[held.kept.identifier], identifier: held.kept.identifier, what: $0)
            }
        }
    }

    private func referencesByIdentifier() throws -> [String: String] {
        var references: [String: String] = [:]
        for record in try passage.records.all(kind: .care) where record.isImported && record.stage == .open {
            guard let hold = try? passage.hold(record), let identifier = try passage.particulars(hold)?.other["child"]
            else { continue }
            references[identifier] = record.reference
        }
        return references
    }

    private func sealedSides() throws -> [String: Data] {
        guard let payload = try annexHold().flatMap({ try latest(.sealedSides, $0)?.content.payload }) else {
            return [:]
        }
        return try CanonicalJSON.decode([String: Data].self, from: payload, what: "the annex of a return")
    }

    private func loadHeld() throws -> [String: (entry: String, kept: KeptHeld)] {
        guard let hold = try annexHold() else { return [:] }
        var held: [String: (String, KeptHeld)] = [:]
        for row in try passage.entries.of(record: hold.record.id)
        where row.documentKind == Part.held.rawValue && !row.isSuperseded {
            guard let payload = try passage.open(row, hold).content.payload else { continue }
            let kept = try CanonicalJSON.decode(KeptHeld.self, from: payload, what: "a held row of a return")
            held[kept.identifier] = (row.id, kept)
        }
        return held
    }

    private func latest(_ part: Part, _ hold: RecordHold) throws -> OpenedEntry? {
        try passage.entries.of(record: hold.record.id)
            .filter { $0.documentKind == part.rawValue && !$0.isSuperseded }
            .map { try passage.open($0, hold) }.max { $0.content.at < $1.content.at }
    }
}
