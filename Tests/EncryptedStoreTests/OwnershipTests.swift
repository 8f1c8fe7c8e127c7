import CFaultDisk
import EncryptedStore
import Foundation
import Testing

struct OwnershipTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func `no other process can read the store while it is open`() throws {
        let path = directory.path("store.db")
        let store = try Schema.create(directory)
        #expect(other_process_may_read(path) == 0)
        try store.write { try $0.addBox("a") }
        #expect(other_process_may_read(path) == 0)
        try store.close()
        #expect(other_process_may_read(path) == 1)
    }

    @Test func `a store that another process owns is busy after the wait`() throws {
        let path = directory.path("store.db")
        try Schema.create(directory).close()
        let owner = other_process_own(path)
        try #require(owner > 0)
        defer { other_process_end(owner) }
        let time = ContinuousClock().measure {
            #expect(throws: StoreFault.busy) {
                try Database.open(at: path, key: Schema.key, migrations: Schema.migrations, waitMilliseconds: 150)
            }
        }
        #expect(time >= .milliseconds(150))
        #expect(throws: StoreFault.busy) {
            try Database.open(at: path, key: Schema.key, migrations: Schema.migrations, waitMilliseconds: 0)
        }
    }

    @Test func `a store that is let go of during the wait opens`() throws {
        let path = directory.path("store.db")
        try Schema.create(directory).close()
        let owner = other_process_own(path)
        try #require(owner > 0)
        let thread = Thread {
            Thread.sleep(forTimeInterval: 0.2)
            other_process_end(owner)
        }
        thread.start()
        let store = try Database.open(
            at: path, key: Schema.key, migrations: Schema.migrations, waitMilliseconds: 20_000)
        #expect(try store.read { try $0.names() } == [])
    }
}
