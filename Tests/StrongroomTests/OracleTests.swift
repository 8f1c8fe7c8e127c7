import Adoption
import EncryptedStore
import Foundation
import Strongroom
import StrongroomTesting
import Testing
import WorkingDays

/// "Sealed", "closed" and "not there" are one answer (DESIGN section 4): the same outcome, the same kind of entry.
@Suite("one answer for what is not yours and what is not there")
struct OracleTests {
    /// Well formed, check character and all, and never given away.
    private static let absentCare = CareReference(random: Data(0..<UInt8(CareReference.randomByteCount))).description
    private static let absentPIN = PIN(random: Data(0..<UInt8(PIN.randomByteCount))).description

    /// A vault with a closed child, a child whose records are open and sealed, and one who waits for closing with a
    /// withdrawal asked for.
    private struct Scene {
        let vault: TestVault
        let closed: (care: String, pin: String)
        let sealed: (care: String, pin: String)
        let waiting: (care: String, pin: String)

        init() throws {
            let vault = try TestVault()
            self.vault = vault
            func child(_ name: String) throws -> (care: String, pin: String) {
                let care = try vault.openCare(name)
                return (care, try vault.openAdoption(of: care))
            }
            closed = try child("Robin")
            sealed = try child("Sandy")
            waiting = try child("Terry")
            try vault.close(closed.care)
            try vault.with("asha") { session in
                _ = try session.recordOrder(waiting.care, on: Day("2026-01-05")!).done()
                #expect(try session.withdrawOrder(waiting.care, reason: "a slip").done() == .asked)
            }
        }
    }

    @Test func `for a person without rights every call answers and logs the same, whatever is behind the reference`()
        throws
    {
        let scene = try Scene()
        // An adopters' social worker who was let into nothing, and is in no team.
        try scene.vault.with("admin") {
            _ = try $0.revoke(scene.sealed.pin, from: "wyn", reason: "left the case").done()
        }
        try expectAlike(
            "wyn", scene, [scene.sealed.care, scene.waiting.care, scene.closed.care, Self.absentCare],
            [scene.sealed.pin, scene.waiting.pin, scene.closed.pin, Self.absentPIN])
        // A colleague of the same team, who reads care records and holds nothing sealed.
        try expectAlike(
            "oona", scene, [scene.waiting.care, scene.closed.care, Self.absentCare],
            [scene.sealed.pin, scene.waiting.pin, scene.closed.pin, Self.absentPIN])
    }

    @Test
    func `a closed record is not there for its key worker, its manager, the administrator and the archive keeper`()
        throws
    {
        let scene = try Scene()
        for handle in ["asha", "morgan", "admin", "keir", "wyn", "tariq"] {
            try expectAlike(handle, scene, [scene.closed.care, Self.absentCare], [scene.closed.pin, Self.absentPIN])
            try scene.vault.with(handle) { session in
                for words in ["robin", "hale robin", "2023-04-05"] {
                    guard case .done(let hits) = try session.searchCare(words) else { continue }
                    #expect(!hits.contains { $0.reference == scene.closed.care })
                }
                #expect(
                    !(try session.todo().done().contains {
                        [scene.closed.care, scene.closed.pin].contains($0.reference)
                    }))
            }
        }
    }

    @Test func `moving an entry to a record that is sealed, closed or not there is one answer`() throws {
        let scene = try Scene()
        let own = try scene.vault.openCare("Uma")
        let note = try scene.vault.with("asha") { try $0.note(own, text: "misfiled").done().entry }
        try scene.vault.with("admin") {
            _ = try $0.revoke(scene.sealed.pin, from: "asha", reason: "left the case").done()
        }
        let targets = [scene.sealed.pin, scene.closed.pin, Self.absentPIN]
        let move = targets.map { target in
            OracleCall("moveEntry to \(target)", .documentMove) { session, _ in
                try session.moveEntry(own, note, to: target, reason: "misfiled")
            }
        }
        let before = try scene.vault.entries().count
        let answers = try scene.vault.with("asha") { session in try move.map { try $0.run(session, own) } }
        #expect(Set(answers) == ["denied \(own)"])
        let shapes = try scene.vault.entries().dropFirst(before).filter { $0.act != .clockConfirm }.map(\.shape)
        #expect(shapes.count == 3 && Set(shapes).count == 1)
    }

    @Test func `every act on a record is among the calls tried`() throws {
        let vault = try TestVault(people: false)
        let calls =
            try OracleCall.all(vault: vault) + OracleCall.noting("C-0") + OracleCall.noting(Self.absentPIN)
        let tried = Set(calls.map(\.act))
        #expect(tried == Set(Act.allCases).subtracting(OracleCall.actsOnTheVault))
    }

    /// Tries every call on each reference and compares answers and entries, reference by reference.
    private func expectAlike(_ handle: String, _ scene: Scene, _ careReferences: [String], _ pins: [String]) throws {
        for references in [careReferences, pins] {
            for call in try OracleCall.all(vault: scene.vault) + OracleCall.noting(references[0]) {
                let before = try scene.vault.entries().count
                let answers = try scene.vault.with(handle) { session in
                    try references.map { reference in
                        try call.run(session, reference).replacing(reference, with: "REFERENCE")
                    }
                }
                #expect(Set(answers) == ["denied REFERENCE"], "\(handle): \(call.name)")
                let new = try scene.vault.entries().dropFirst(before).filter { $0.act != .clockConfirm }
                #expect(new.count == references.count, "\(handle): \(call.name) is logged once each")
                #expect(Set(new.map(\.shape)).count == 1, "\(handle): \(call.name): \(new.map(\.shape))")
                #expect(
                    new.allSatisfy { $0.act == call.act && $0.text.contains("\"decision\":\"deny\"") }, "\(call.name)")
                #expect(Set(new.map(\.alias)).count == references.count, "\(handle): \(call.name): fresh aliases")
            }
        }
    }
}

/// One entry of the access log as its bytes stand.
struct RawEntry {
    let text: String
    let act: Act?
    let alias: String

    init(_ bytes: Data) throws {
        text = String(decoding: bytes, as: UTF8.self)
        let fields = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:]
        act = (fields["ev"] as? String).flatMap(Act.init(rawValue:))
        alias = fields["rec"] as? String ?? ""
    }

    /// The entry with the bytes taken out that are fresh in every entry; their lengths stay.
    var shape: String {
        var shape = text
        for (pattern, byte) in [
            (/"seq":\d+,"t":"[^"]*"/, "n"), (/"rec":"[^"]*"/, "r"), (/"commit":\{[^}]*\}/, "c"), (/"sig":"[^"]*"/, "s"),
        ] {
            shape.replace(pattern) { match in
                if byte == "n" { return "seq,t" }
                return String(match.output).replacing(/:"[^"]*"/) { value in
                    ":" + String(repeating: byte, count: value.output.count)
                }
            }
        }
        return shape
    }
}

extension TestVault {
    /// The access log's entries, as they stand in the store.
    func entries() throws -> [RawEntry] {
        try RawStore(self).rows("SELECT bytes FROM log_entry ORDER BY position").map {
            try RawEntry($0.blob("bytes"))
        }
    }
}
