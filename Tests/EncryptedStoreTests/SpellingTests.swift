import CPageCipherTesting
import EncryptedStore
import Foundation
import Testing

/// What stands in stored files is spelt so for ever.
struct SpellingTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func `a store's header names its program`() throws {
        try Schema.create(directory).close()
        let plain = directory.path("plain")
        #expect(plain_copy(directory.path("store.db"), [UInt8](Schema.keyBytes), plain) == 0)
        let file = try bytes(at: plain)
        #expect(file.prefix(16) == Data("SQLite format 3\0".utf8))
        #expect(file[16..<18] == Data([0x10, 0x00]), "pages of 4,096 bytes")
        #expect(file[18..<20] == Data([2, 2]), "write-ahead log")
        #expect(file[20] == 40, "bytes kept for the seal")
        #expect(file[68..<72] == Data("Strm".utf8))
    }

    @Test func `a sealed store shows its magic, and of the rest nothing`() throws {
        let store = try Schema.create(directory)
        try store.write { try $0.addBox("a name that nobody may read") }
        let image = try directory.crashImage(of: "store.db", as: "image.db")
        let both = try bytes(at: image) + bytes(at: image + "-wal")
        #expect(both.prefix(3) == Data([0x53, 0x50, 0x01]))
        for known in ["SQLite", "Strm", "CREATE TABLE", "box", "nobody may"] {
            #expect(both.range(of: Data(known.utf8)) == nil, "\(known)")
        }
    }

    @Test func `faults are worded for a person`() {
        let words: [(StoreFault, String)] = [
            (.busy, "the store is in use by another process"),
            (.notAStore, "the file is not a store that this key opens"),
            (.damaged("the file is empty"), "the store is damaged: the file is empty"),
            (.diskFull, "the disk is full"),
            (.disk("a sync failed"), "the disk refused: a sync failed"),
            (.newer(version: 3), "the store was written by a later version of this program (schema 3)"),
            (.constraint("a box keeps its name"), "the store refused: a box keeps its name"),
            (.missing(path: "x"), "nothing is there: `x`"),
            (.permission(path: "x"), "no permission to read and write `x`"),
            (.exists(path: "x"), "something is there already: `x`"),
            (.statement("no such table"), "the store was asked wrongly: no such table"),
        ]
        for (fault, text) in words { #expect(fault.description == text) }
    }
}
