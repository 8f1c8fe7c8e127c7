import Exchange
import Foundation
import Testing

@Suite struct MalformedReturnTests {
    @Test(arguments: Vector.all(in: "malformed"))
    func `a return is read whole and written back, or refused with the file and the line`(vector: Vector) throws {
        #expect(Set(vector.fields.map(\.key)) == ["about", "expect"])
        let scratch = try Scratch("a return 🗂️")
        var files: [String: Data] = [:]
        var name = ""
        for line in vector.body {
            if line.hasPrefix("-- "), line.hasSuffix(" --") {
                name = String(line.dropFirst(3).dropLast(3))
                files[name] = Data()
            } else {
                files[name]! += unescaped(line)
            }
        }
        for (name, bytes) in files { try scratch.put(name, bytes) }
        let expected = try #require(vector.values("expect").first)
        do {
            let read = try ReturnFolder.read(scratch.url)
            #expect(expected == "read")
            var export = ReturnExport(frame: read.frame)
            for child in read.children { export.add(child) }
            let written = try export.files()
            #expect(Dictionary(uniqueKeysWithValues: written.map { ($0.name, $0.bytes) }) == files)
        } catch let fault {
            #expect(fault.label == expected)
            #expect(!fault.hint.isEmpty)
            #expect(fault.description.first?.isUppercase == false && !fault.description.hasSuffix("."))
            // Nothing of a row: not an identifier, not a date of birth.
            for value in ["A1", "A2", "01/02", "30/02", "Jo"] { #expect(!fault.description.contains(value)) }
        }
    }

    @Test func `there are vectors`() { #expect(Vector.all(in: "malformed").count >= 35) }
}

extension ReturnFault {
    /// The closed vocabulary of the vectors.
    fileprivate var label: String {
        switch self {
        case .folder(.notADirectory): "not-a-directory"
        case .folder(.noTables): "no-tables"
        case .folder(.missingTable(let table)): "missing-table \(table.rawValue)"
        case .folder(.twoFiles(let table, let names)): "two-files \(table.rawValue) \(names.joined(separator: " "))"
        case .folder(.usedFileNotThere): "used-file-not-there"
        case .folder(.cannotMake): "cannot-make"
        case .file(let name, let trouble): "\(name) \(trouble.label)"
        case .line(let name, let line, let trouble): "\(name) \(line) \(trouble.label)"
        case .keptFormMalformed: "kept-form-malformed"
        }
    }
}

extension ReturnFault.FileTrouble {
    fileprivate var label: String {
        switch self {
        case .unreadable: "unreadable"
        case .notARegularFile: "not-a-regular-file"
        case .empty: "empty"
        case .tooLarge: "too-large"
        case .changedWhileRead: "changed-while-read"
        case .utf16: "utf16"
        case .unknownTable: "unknown-table"
        case .columnsDiffer(_, let extra, let missing):
            "columns-differ " + (extra.map { "+\($0)" } + missing.map { "-\($0)" }).joined(separator: " ")
        case .alreadyThere: "already-there"
        case .cannotWrite: "cannot-write"
        case .rowsMissing: "rows-missing"
        }
    }
}

extension ReturnFault.LineTrouble {
    fileprivate var label: String {
        switch self {
        case .notUTF8: "not-utf8"
        case .controlCharacter: "control-character"
        case .quoteNotClosed: "quote-not-closed"
        case .lineNotEnded: "line-not-ended"
        case .quoteInsideField: "quote-inside-field"
        case .ragged: "ragged"
        case .fieldTooLong: "field-too-long"
        case .columnTwice: "column-twice"
        case .notADate(let column, _): "not-a-date \(column.rawValue)"
        }
    }
}
