import Exchange
import Foundation
import Testing

@Suite struct ReturnExportTests {
    @Test func `an export makes private files and writes over nothing`() throws {
        let scratch = try Scratch()
        try scratch.put("header.csv", ReturnFolderTests.one)
        let read = try ReturnFolder.read(scratch.url)
        var export = ReturnExport(frame: read.frame)
        read.children.forEach { export.add($0) }
        let target = scratch.url.appendingPathComponent("out put")
        try export.write(to: target)
        let file = target.appendingPathComponent("header.csv")
        #expect(try Data(contentsOf: file) == Data(ReturnFolderTests.one.utf8))
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(throws: ReturnFault.file("header.csv", .alreadyThere)) { try export.write(to: target) }
    }

    @Test func `half a return is not written`() throws {
        let scratch = try Scratch()
        try scratch.put("header.csv", ReturnFolderTests.one)
        let read = try ReturnFolder.read(scratch.url)
        let export = ReturnExport(frame: read.frame)
        let target = scratch.url.appendingPathComponent("out")
        #expect(throws: ReturnFault.file("header.csv", .rowsMissing(expected: 1, found: 0))) {
            try export.write(to: target)
        }
        #expect(!FileManager.default.fileExists(atPath: target.path))
    }

    @Test func `a frame holds no value of a row`() throws {
        let scratch = try Scratch()
        try scratch.put("header.csv", ReturnFolderTests.one)
        let text = String(decoding: try ReturnFolder.read(scratch.url).frame.encoded(), as: UTF8.self)
        #expect(!text.contains("A1") && !text.contains("01/02/2020"))
    }
}
