import EncryptedStore
import Foundation
import Testing

/// The n-th act of the disk fails, for every n until none is left to fail.
@Suite(.serialized) struct FaultSweepTests {
    static let kinds = FaultDisk.Kind.allCases.flatMap { [($0, false), ($0, true)] }

    @Test(arguments: kinds)
    func `a small transaction is committed or not there at all`(kind: FaultDisk.Kind, persistent: Bool) throws {
        try FaultDisk.lent { disk in
            for nth in 1... {
                let directory = try TemporaryDirectory(inMemory: true)
                defer { withExtendedLifetime(directory) {} }
                let store = try before(directory)
                disk.arm(kind, nth: nth, persistent: persistent)
                let fault = faultOf { try store.write(act) }
                let hasStruck = disk.hasStruck
                let image = try directory.crashImage(of: "store.db", as: "image.db")
                disk.disarm()

                let held = try store.read(state)
                #expect(held == (fault == nil ? after : old), "this connection, \(nth)")
                let survived = try Schema.open(image).read(state)
                // A disk that goes on failing may keep even the log from being cut, see Database.write.
                let mayBeEither = fault != nil && persistent
                #expect(survived == held || (mayBeEither && survived == after), "after a crash, \(nth)")

                try store.write { try $0.addBox("next") }
                try store.close()
                let reopened = try Schema.open(directory.path("store.db"))
                #expect(
                    try reopened.read(state) == State(boxes: held.boxes + ["next"], things: held.things),
                    "reopened, \(nth)")
                #expect(try reopened.integrityProblems() == [])
                guard hasStruck else {
                    #expect(fault == nil)
                    break
                }
            }
        }
    }

    @Test(arguments: kinds)
    func `a new store is whole or not there`(kind: FaultDisk.Kind, persistent: Bool) throws {
        try FaultDisk.lent { disk in
            for nth in 1... {
                let directory = try TemporaryDirectory(inMemory: true)
                defer { withExtendedLifetime(directory) {} }
                disk.arm(kind, nth: nth, persistent: persistent)
                let fault = faultOf { try Schema.create(directory, disk: FaultDisk.name).close() }
                disk.disarm()
                let names = try directory.names()
                #expect(names.allSatisfy { $0.hasPrefix("store.db") && !$0.contains(".new-") }, "\(nth)")
                if names.isEmpty {
                    #expect(fault != nil)
                    try Schema.create(directory).close()
                }
                let store = try Schema.open(directory.path("store.db"))
                #expect(try store.read(state) == State(boxes: [], things: 0))
                guard disk.hasStruck else { break }
            }
        }
    }

    @Test(arguments: kinds)
    func `cutting the log loses nothing`(kind: FaultDisk.Kind, persistent: Bool) throws {
        try FaultDisk.lent { disk in
            for nth in 1... {
                let directory = try TemporaryDirectory(inMemory: true)
                defer { withExtendedLifetime(directory) {} }
                let store = try before(directory)
                disk.arm(kind, nth: nth, persistent: persistent)
                _ = faultOf { try store.truncateLog() }
                let image = try directory.crashImage(of: "store.db", as: "image.db")
                disk.disarm()
                #expect(try store.read(state) == old)
                #expect(try Schema.open(image).read(state) == old)
                try store.truncateLog()
                #expect(try bytes(at: directory.path("store.db-wal")).isEmpty)
                guard disk.hasStruck else { break }
            }
        }
    }

    @Test func `a fault of the disk that the caller swallows still undoes the transaction`() throws {
        try FaultDisk.lent { disk in
            let directory = try TemporaryDirectory(inMemory: true)
            defer { withExtendedLifetime(directory) {} }
            let store = try before(directory)
            // More pages than are read ahead of who reads.
            try store.write { try $0.run("UPDATE box SET sealed = zeroblob(400000) WHERE name = 'b'") }
            try store.close()
            let cold = try Schema.open(directory.path("store.db"), disk: FaultDisk.name)
            let fault = faultOf {
                try cold.write { statements in
                    try statements.addBox("kept?")
                    disk.arm(.read, nth: 1, persistent: true)
                    try? statements.each("SELECT * FROM thing, box", []) { _ in true }
                    disk.disarm()
                    #expect(throws: StoreFault.disk("")) { try statements.addBox("after it") }
                }
            }
            #expect(disk.hasStruck)
            #expect(fault?.description == "the disk refused: a read failed")
            #expect(try cold.read(state) == old)
        }
    }

    @Test func `a full disk is named, and room made again is enough`() throws {
        try FaultDisk.lent { disk in
            let directory = try TemporaryDirectory(inMemory: true)
            defer { withExtendedLifetime(directory) {} }
            let store = try before(directory)
            disk.arm(.full, nth: 1, persistent: true)
            #expect(faultOf { try store.write(act) } == .diskFull)
            disk.disarm()
            try store.write(act)
            #expect(try store.read(state) == after)
        }
    }

    @Test func `a commit syncs the log before it returns`() throws {
        try FaultDisk.lent { disk in
            let directory = try TemporaryDirectory(inMemory: true)
            defer { withExtendedLifetime(directory) {} }
            let store = try before(directory)
            for _ in 0..<3 {
                disk.arm(.sync, nth: 0)
                try store.write { try $0.run("UPDATE thing SET amount = amount + 1") }
                #expect(disk.count(.sync) == 1)
            }
        }
    }

    // MARK: one small change, and the two states it may leave

    private struct State: Equatable {
        var boxes: [String]
        var things: Int64
    }

    private let old = State(boxes: ["a", "b"], things: 5)
    private let after = State(boxes: ["a", "b", "c"], things: 12)

    private func before(_ directory: TemporaryDirectory) throws -> Database {
        let store = try Schema.create(directory, disk: FaultDisk.name)
        try store.write { statements in
            try statements.addBox("a", .blob(Data(repeating: 1, count: 10_000)))
            try statements.addBox("b")
            try statements.run("INSERT INTO thing SELECT id, 5 FROM box WHERE name = 'a'")
        }
        return store
    }

    private func act(_ statements: any Statements) throws {
        try statements.addBox("c", .blob(Data(repeating: 2, count: 10_000)))
        try statements.run("INSERT INTO thing SELECT id, 4 FROM box WHERE name = 'c'")
        try statements.run("UPDATE thing SET amount = amount + 3 WHERE amount = 5")
        try statements.run("UPDATE box SET sealed = x'00' WHERE name = 'b'")
    }

    private func state(_ statements: any Statements) throws -> State {
        let boxes = try statements.rows("SELECT name FROM box ORDER BY id").map { try $0.text("name") }
        return State(
            boxes: boxes,
            things: try statements.row("SELECT sum(amount) AS sum FROM thing")!.optionalInteger("sum") ?? 0)
    }

    /// What the body throws; anything but a store's own fault is a failure of the test.
    private func faultOf(_ body: () throws -> Void) -> StoreFault? {
        do {
            try body()
            return nil
        } catch let fault as StoreFault {
            return fault
        } catch {
            Issue.record(error)
            return nil
        }
    }
}
