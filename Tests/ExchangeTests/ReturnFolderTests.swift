import Exchange
import Foundation
import Testing
import WorkingDays

@Suite struct ReturnFolderTests {
    static let heading = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
    static let one = heading + "A1,F,01/02/2020,WBRI,UN1,0,\n"
    static let other = heading + "A2,1,01/02/2020,WBRI,UN1,0,\n"

    @Test func `of two files for one table the one that is named counts`() throws {
        let scratch = try Scratch()
        try scratch.put("a.csv", Self.one)
        try scratch.put("b.csv", Self.other)
        let read = try ReturnFolder.read(scratch.url, use: ["b.csv"])
        #expect(read.children.map(\.identifier) == ["A2"])
        #expect(read.setAside == ["a.csv"])
        #expect(throws: ReturnFault.folder(.twoFiles(.header, ["a.csv", "b.csv"]))) {
            try ReturnFolder.read(scratch.url, use: ["a.csv", "b.csv"])
        }
        #expect(throws: ReturnFault.folder(.usedFileNotThere("c.csv"))) {
            try ReturnFolder.read(scratch.url, use: ["c.csv"])
        }
    }

    @Test func `which code set SEX uses is recorded`() throws {
        let scratch = try Scratch()
        try scratch.put("header.csv", Self.one)
        #expect(try ReturnFolder.read(scratch.url).sexCodes == .letters)
        try scratch.put("header.csv", Self.other)
        #expect(try ReturnFolder.read(scratch.url).sexCodes == .numbers)
        try scratch.put("header.csv", Self.one + "A2,1,01/02/2020,WBRI,UN1,0,\n")
        #expect(try ReturnFolder.read(scratch.url).sexCodes == .mixed)
    }

    @Test func `a file that changes while it is read is refused`() throws {
        let scratch = try Scratch()
        try scratch.put("header.csv", Self.one)
        #expect(throws: ReturnFault.file("header.csv", .changedWhileRead)) {
            try ReturnFolder.read(scratch.url) { file in
                try? Data(Self.other.utf8).write(to: file)
            }
        }
        #expect(throws: ReturnFault.file("header.csv", .changedWhileRead)) {
            try ReturnFolder.read(scratch.url) { try? FileManager.default.removeItem(at: $0) }
        }
    }

    @Test func `what is no regular file is refused and not waited for`() throws {
        let scratch = try Scratch()
        try scratch.put("header.csv", Self.one)
        try #require(mkfifo(scratch.url.appendingPathComponent("pipe.csv").path, 0o600) == 0)
        #expect(throws: ReturnFault.file("pipe.csv", .notARegularFile)) { try ReturnFolder.read(scratch.url) }
    }

    @Test func `a file larger than any table is refused unread`() throws {
        let scratch = try Scratch()
        try scratch.put("header.csv", Self.one)
        // A hole: it takes no space and is never read.
        #expect(truncate(scratch.url.appendingPathComponent("header.csv").path, 3 << 30) == 0)
        #expect(throws: ReturnFault.file("header.csv", .tooLarge(limitByteCount: 64 << 20))) {
            try ReturnFolder.read(scratch.url)
        }
    }

    @Test func `a folder that is not there is a fault`() throws {
        let nowhere = try Scratch().url.appendingPathComponent("nowhere")
        #expect(throws: ReturnFault.folder(.notADirectory)) { try ReturnFolder.read(nowhere) }
    }

    @Test func `identifiers that look alike are two children, both held`() throws {
        let scratch = try Scratch()
        try scratch.put("header.csv", Self.one + "a1,F,01/02/2020,WBRI,UN1,0,\n A1,F,01/02/2020,WBRI,UN1,0,\n")
        let read = try ReturnFolder.read(scratch.url)
        #expect(read.children.map(\.identifier) == ["A1", "a1", " A1"])
        #expect(read.judged(on: .latest).heldChildren == [0, 1, 2])
    }

    @Test func `two children with one pupil number are reported, both`() throws {
        let scratch = try Scratch()
        let rows = ["A1", "A2"].map { "\($0),F,01/02/2020,WBRI,B801200005001,0,\n" }
        try scratch.put("header.csv", Self.heading + rows.joined())
        let findings = try ReturnFolder.read(scratch.url).judged(on: .latest).findings
        #expect(findings.filter { $0.code == .pupilNumberRepeated }.map(\.childIndex) == [0, 1])
    }

    @Test func `a file's name cannot write to the terminal`() {
        let fault = ReturnFault.file("a\u{1B}[2Jb.csv", .unreadable)
        #expect(fault.description == "`a?[2Jb.csv`: the file cannot be read")
    }
}
