import Foundation
import Strongroom
import StrongroomTesting
import Testing

/// Each act of a reversal survives the loss of power at any moment (RULES.md R16): the real program is killed.
@Suite("a reversal survives kill -9", .serialized)
struct KillTests {
    private static var seed: UInt64 {
        ProcessInfo.processInfo.environment["STRONGROOM_SOAK_SEED"].flatMap { UInt64($0) } ?? 1_960
    }
    private static var killCount: Int {
        ProcessInfo.processInfo.environment["STRONGROOM_SOAK_COUNT"].flatMap { Int($0) } ?? 12
    }

    @Test func `each act leaves the state before it or after it, every entry once, and the log sound`() throws {
        let reversal = try KilledReversal()
        guard let program = try KilledProgram(vault: reversal.vault, people: ["admin", "asha", "tariq"]) else { return }
        var draw = SeededDraw(seed: Self.seed)
        var state = try reversal.prepared()
        for act in KilledReversal.Act.allCases {
            let done = try reversal.copy(of: state)
            let spared = try [reversal.copy(of: state), done].map {
                try program.run(reversal.words(of: act), as: act.person, in: $0)
            }
            try #require(spared.allSatisfy { $0.exitCode == 0 }, "\(act): \(spared.map(\.said))")
            #expect(try reversal.isDone(act, in: done))
            var doneCount = 0
            for _ in 0..<Self.killCount {
                let delay = Double.random(in: 0...KilledProgram.longest(spared), using: &draw)
                let copy = try reversal.copy(of: state)
                _ = try program.run(reversal.words(of: act), as: act.person, in: copy, killedAfter: delay)
                try reversal.expectSound(copy, around: act, killedAfter: delay)
                if try reversal.isDone(act, in: copy) { doneCount += 1 }
                try FileManager.default.removeItem(at: copy)
            }
            print("killed \(act) \(Self.killCount) times: \(doneCount) done, \(Self.killCount - doneCount) not done")
            state = done
        }
    }

    @Test func `after a removal nothing that was sealed for the record is left in the vault directory`() throws {
        let reversal = try KilledReversal()
        let before = try reversal.readyToRemove()
        let blobs = try reversal.sealedBytes(in: before)
        let kinds = Set(blobs.keys.map { $0.prefix { !$0.isNumber } })
        try #require(kinds == ["entry ", "chunk ", "record key ", "group wrap "])
        for (name, slices) in blobs {
            // Some slice of each stands in the file now, or finding none later would prove nothing.
            let bytes = try reversal.rawBytes(of: before)
            #expect(slices.contains { bytes.range(of: $0) != nil }, "\(name) is not where the test looks")
        }
        let after = try reversal.copy(of: before)
        try reversal.with("admin", in: after) { _ = try $0.remove(reversal.pin).done() }
        try expectNothing(of: blobs, in: after, reversal)
        #expect(try reversal.with("audrey", in: after) { try $0.verifyLog().done().size } > 0)
        #expect(try reversal.with("admin", in: after) { try $0.check().done().problems } == [])

        guard let program = try KilledProgram(vault: reversal.vault, people: ["admin"]) else { return }
        var draw = SeededDraw(seed: Self.seed)
        let remove = reversal.words(of: .remove)
        let spared = try (0..<2).map { _ in try program.run(remove, as: "admin", in: reversal.copy(of: before)) }
        try #require(spared.allSatisfy { $0.exitCode == 0 }, "\(spared.map(\.said))")
        for _ in 0..<Self.killCount {
            let copy = try reversal.copy(of: before)
            // The removal comes late in the run: most of it is spent unlocking the identity and verifying.
            let longest = KilledProgram.longest(spared)
            let delay = Double.random(in: (longest * 0.4)...longest, using: &draw)
            _ = try program.run(remove, as: "admin", in: copy, killedAfter: delay)
            if try reversal.isDone(.remove, in: copy) { try expectNothing(of: blobs, in: copy, reversal) }
            try FileManager.default.removeItem(at: copy)
        }
    }

    private func expectNothing(of blobs: [String: [Data]], in vault: URL, _ reversal: KilledReversal) throws {
        let bytes = try reversal.rawBytes(of: vault)
        for (name, slices) in blobs {
            #expect(!slices.contains { bytes.range(of: $0) != nil }, "\(name) still stands in the vault directory")
        }
    }
}
