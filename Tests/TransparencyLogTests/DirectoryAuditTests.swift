import Foundation
import Testing
import TransparencyLog

@Suite struct DirectoryAuditTests {
    private func audit(_ place: Workplace, since: String?) throws -> Audited {
        try DirectoryAudit(directory: place.url, verifier: MemoryLog.signer.verifier).run(since: since) { _, _ in }
    }

    @Test func `an untouched log is accepted, and as an extension of what was held`() throws {
        let place = try Workplace()
        try Tampering.log.export(1_000, to: place.url)
        let audited = try audit(place, since: Tampering.log.note(Tampering.heldSize))
        #expect(try audited.earlier == Tampering.log.checkpoint(600))
        #expect(audited.entryCount == 1_000)
        #expect(audited.tileCount == 5)
        #expect(try audit(place, since: Tampering.log.note(0)).earlier?.size == 0)
        #expect(try audit(place, since: Tampering.log.note(1_000)).earlier == audited.checkpoint)
    }

    @Test(arguments: Tampering.allCases) func `a log tampered with is rejected by name`(tampering: Tampering) throws {
        let place = try Workplace()
        try tampering.make(in: place)
        let held = try Tampering.log.note(Tampering.heldSize)
        #expect(throws: tampering.fault) { try audit(place, since: held) }
    }

    @Test func `an older copy is caught only by who holds a later head`() throws {
        let place = try Workplace()
        try Tampering.rolledBack.make(in: place)
        #expect(try audit(place, since: nil).entryCount == 500)
        #expect(throws: LogFault.rolledBack(held: 600, found: 500)) {
            try audit(place, since: Tampering.log.note(600))
        }
    }

    @Test func `a second history signed with the same key is caught at equal size too`() throws {
        let place = try Workplace()
        try Tampering.forked.make(in: place)
        #expect(throws: LogFault.forked(size: 1_000)) { try audit(place, since: Tampering.log.note(1_000)) }
    }

    @Test func `an earlier checkpoint that is itself forged is named as the culprit`() throws {
        let place = try Workplace()
        try Tampering.log.export(1_000, to: place.url)
        let forged = try Tampering.log.note(600).replacing("\n600\n", with: "\n601\n")
        #expect(throws: LogFault.earlier(.badSignature(key: MemoryLog.origin))) { try audit(place, since: forged) }
    }

    /// Every byte the checkpoint commits to, each flipped once: three entries give every kind of byte.
    @Test func `no byte can be flipped unseen`() throws {
        let log = MemoryLog.canonical(count: 3)
        let place = try Workplace()
        try log.export(3, to: place.url)
        for (path, content) in try place.files() {
            for offset in content.indices {
                try place.flip(path, at: offset)
                #expect(throws: LogFault.self, "\(path) byte \(offset)") { try audit(place, since: nil) }
                try place.flip(path, at: offset)
            }
        }
        #expect(try audit(place, since: nil).entryCount == 3)
    }

    @Test func `what the visitor throws ends the audit`() throws {
        struct Stop: Error {}
        let place = try Workplace()
        try Tampering.log.export(1_000, to: place.url)
        let audit = DirectoryAudit(directory: place.url, verifier: MemoryLog.signer.verifier)
        #expect(throws: Stop.self) { try audit.run(since: nil) { index, _ in if index == 3 { throw Stop() } } }
    }
}
