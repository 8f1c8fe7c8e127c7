import EncryptedStore
import Foundation
import Testing

/// A store that is sealed anew under another key.
@Suite(.serialized) struct ResealTests {
    @Test func `under the new key it is the same store, under the old one none`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("store.db")
        let store = try Schema.create(directory)
        try store.write { try $0.addBox("a", .blob(Data(repeating: 1, count: 100_000))) }
        try store.reseal(under: Schema.otherKey)
        #expect(try directory.names() == ["store.db"])
        #expect(throws: StoreFault.statement("")) { try store.read { try $0.names() } }
        #expect(throws: StoreFault.notAStore) { try Schema.open(path) }
        let resealed = try Schema.open(path, key: Schema.otherKey)
        #expect(try resealed.read { try $0.names() } == ["a"])
        #expect(try resealed.integrityProblems() == [])
    }

    /// At every act of the disk, once and for good: what is on the disk then opens under one of the two keys, with every
    /// row, and so does what is there afterwards.
    @Test(arguments: [FaultDisk.Kind.any, .full, .shortWrite], [false, true])
    func `a disk that fails at any point leaves the one store or the other`(
        kind: FaultDisk.Kind, persistent: Bool
    ) throws {
        try FaultDisk.lent { disk in
            for nth in 1... {
                let directory = try TemporaryDirectory(inMemory: true)
                let path = directory.path("store.db")
                let store = try Schema.create(directory, disk: FaultDisk.name)
                try store.write { try $0.addBox("a", .blob(Data(repeating: 1, count: 20_000))) }
                disk.arm(kind, nth: nth, persistent: persistent)
                let fault = failure { try store.reseal(under: Schema.otherKey) }
                let image = try directory.crashImage(of: "store.db", as: "image.db")
                disk.disarm()
                #expect(try names(at: image) == ["a"], "after a crash, \(nth)")
                if fault == nil {
                    #expect(try Schema.open(path, key: Schema.otherKey).read { try $0.names() } == ["a"])
                } else {
                    // What the disk left half written may keep this connection from going on, but not the next.
                    let goesOn = failure { try store.write { try $0.addBox("b") } } == nil
                    try? store.close()
                    #expect(try names(at: path) == (goesOn ? ["a", "b"] : ["a"]), "goes on, \(nth)")
                }
                #expect(try !directory.names().contains { $0.contains(".new-") })
                guard disk.hasStruck else { break }
            }
        }
    }

    private func names(at path: String) throws -> [String] {
        for key in [Schema.key, Schema.otherKey] {
            do {
                let store = try Schema.open(path, key: key)
                #expect(try store.integrityProblems() == [])
                return try store.read { try $0.names() }
            } catch StoreFault.notAStore {
                continue
            }
        }
        return ["opens under neither key"]
    }

    private func failure(_ body: () throws -> Void) -> (any Error)? {
        do {
            try body()
            return nil
        } catch {
            return error
        }
    }
}
