public import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writes a return back, row for row and byte for byte, from its frame and its children's rows.
public struct ReturnExport: Sendable {
    /// One file of the return.
    public struct File: Hashable, Sendable {
        /// The name it had.
        public let name: String
        /// The bytes it had.
        public let bytes: Data
    }

    private let frame: ReturnFrame
    private var rows: [ReturnTable: [Int: ReturnRow]] = [:]

    /// Begins an export in the form of a return that was read.
    public init(frame: ReturnFrame) {
        self.frame = frame
    }

    /// Adds a child's rows, in any order of children.
    public mutating func add(_ child: ReturnChild) {
        for row in child.rows { rows[row.table, default: [:]][row.line] = row }
    }

    /// The files, in the order of ``ReturnTable``.
    ///
    /// - Throws: ``ReturnFault/FileTrouble/rowsMissing(expected:found:)`` where a row is not at hand: half a return is
    ///   not written.
    public func files() throws(ReturnFault) -> [File] {
        var files: [File] = []
        for table in frame.tables { files.append(File(name: table.fileName, bytes: try bytes(of: table))) }
        return files
    }

    /// Writes the files into a new folder that only its owner may enter.
    ///
    /// Nothing is overwritten: a folder that exists must hold none of the names. All rows are known to be at hand
    /// before the first file is made. When this returns, every file is on disk.
    public func write(to directory: URL) throws(ReturnFault) {
        let files = try files()
        let only = [FileAttributeKey.posixPermissions: 0o700]
        do {
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: only)
        } catch {
            throw .folder(.cannotMake)
        }
        for file in files {
            // A frame is read from a sealed entry, and a name in it must still not lead out of the folder.
            guard !file.name.contains("/"), file.name != "..", file.name != "." else { throw .keptFormMalformed }
            let path = directory.appendingPathComponent(file.name, isDirectory: false).path
            guard access(path, F_OK) != 0 else { throw .file(file.name, .alreadyThere) }
        }
        for file in files { try write(file, into: directory) }
    }

    private func bytes(of table: ReturnFrame.TableFrame) throws(ReturnFault) -> Data {
        let found = rows[table.table] ?? [:]
        let lines = 2..<(table.rowCount + 2)
        let ordered = lines.compactMap { found[$0] }
        guard ordered.count == table.rowCount, found.count == table.rowCount else {
            throw .file(table.fileName, .rowsMissing(expected: table.rowCount, found: ordered.count))
        }
        let positions = table.columns.map { table.table.columns.firstIndex(of: $0) }
        guard positions.allSatisfy({ $0 != nil }), Set(table.columns).count == table.table.columns.count else {
            throw .keptFormMalformed
        }
        let endings = Dictionary(
            table.otherEndings.map { ($0.line, $0.ending) }, uniquingKeysWith: { first, _ in first })
        func record(_ line: Int, _ cells: [String], _ quoted: [ReturnColumn]) -> CommaSeparatedTable.Record {
            CommaSeparatedTable.Record(
                cells: cells, quoted: quoted.compactMap(table.columns.firstIndex).sorted(),
                ending: endings[line] ?? table.lineEnding)
        }
        let heading = record(1, table.columns.map(\.rawValue), table.quotedHeadings)
        let body = ordered.map { row in record(row.line, positions.map { row.cells[$0!] }, row.quoted) }
        return CommaSeparatedTable(
            hasByteOrderMark: table.byteOrderMark, records: [heading] + body, tail: table.tail
        ).bytes
    }

    private func write(_ file: File, into directory: URL) throws(ReturnFault) {
        let path = directory.appendingPathComponent(file.name, isDirectory: false).path
        // O_EXCL: a name made since it was looked for is not written over.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(file.name, errno == EEXIST ? .alreadyThere : .cannotWrite) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: file.bytes)
            try handle.synchronize()
            try handle.close()
        } catch {
            throw .file(file.name, .cannotWrite)
        }
    }
}
