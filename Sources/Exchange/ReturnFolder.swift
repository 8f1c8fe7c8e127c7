public import Foundation

/// A folder that holds a national return as CSV files.
public enum ReturnFolder {
    /// Reads the return of a folder.
    ///
    /// All or nothing: the first file or line that is not strictly of the form refuses the whole return, and nothing is
    /// repaired. Files of other kinds are listed and left alone; a CSV file that is no table of the return is refused,
    /// lest a misspelt heading should drop a table unseen.
    ///
    /// - Parameters:
    ///   - directory: the folder; folders within are not entered.
    ///   - use: names of files to take where two hold one table.
    ///   - whileReading: called after the bytes of each file were read and before it is known that they still stand,
    ///     for tests that change it then.
    /// - Throws: a ``ReturnFault``.
    public static func read(
        _ directory: URL, use: [String] = [], whileReading: (URL) -> Void = { _ in }
    ) throws(ReturnFault) -> NationalReturn {
        let (tables, ignored) = try names(in: directory)
        for name in use where !tables.contains(name) { throw .folder(.usedFileNotThere(name)) }
        guard !tables.isEmpty else { throw .folder(.noTables) }

        var candidates: [ReturnTable: [ReturnSource]] = [:]
        for name in tables {
            let file = directory.appendingPathComponent(name, isDirectory: false)
            let bytes = try ReturnFile.bytes(of: file) { whileReading(file) }
            let heading = try CommaSeparatedTable.heading(of: bytes, file: name)
            let table = try ReturnTable(heading: heading, file: name)
            candidates[table, default: []].append(ReturnSource(name: name, bytes: bytes, table: table))
        }
        let (chosen, setAside) = try choose(from: candidates, use: use)
        guard chosen.contains(where: { $0.table == .header }) else { throw .folder(.missingTable(.header)) }
        return try NationalReturn(chosen, setAside: setAside, ignored: ignored)
    }

    private static func names(in directory: URL) throws(ReturnFault) -> (tables: [String], others: [String]) {
        guard let all = try? FileManager.default.contentsOfDirectory(atPath: directory.path) else {
            throw .folder(.notADirectory)
        }
        let sorted = all.sorted()
        return (sorted.filter(isTable), sorted.filter { !isTable($0) })
    }

    private static func isTable(_ name: String) -> Bool { name.lowercased().hasSuffix(".csv") }

    /// Two files of one table are two answers to one question: a person says which counts.
    private static func choose(
        from candidates: [ReturnTable: [ReturnSource]], use: [String]
    ) throws(ReturnFault) -> (chosen: [ReturnSource], setAside: [String]) {
        var chosen: [ReturnSource] = []
        var setAside: [String] = []
        for table in ReturnTable.allCases {
            guard let sources = candidates[table] else { continue }
            let named = sources.count == 1 ? sources : sources.filter { use.contains($0.name) }
            guard named.count == 1 else { throw .folder(.twoFiles(table, sources.map(\.name))) }
            chosen += named
            setAside += sources.map(\.name).filter { $0 != named[0].name }
        }
        return (chosen, setAside)
    }
}

/// A file known by its heading.
struct ReturnSource {
    let name: String
    let bytes: Data
    let table: ReturnTable
}

extension ReturnTable {
    /// Knows the table by its heading, or says what is wrong with the heading.
    ///
    /// Columns are named in the fault only where most of the heading is known: the first line of a file without a
    /// heading is a child's row.
    fileprivate init(heading: [String], file: String) throws(ReturnFault) {
        guard Set(heading).count == heading.count else { throw .line(file: file, 1, .columnTwice) }
        if let table = ReturnTable(columns: heading) {
            self = table
            return
        }
        func known(_ table: ReturnTable) -> Int { table.columns.count { heading.contains($0.rawValue) } }
        let nearest = ReturnTable.allCases.min { left, right in
            left.columns.count - 2 * known(left) < right.columns.count - 2 * known(right)
        }!
        guard known(nearest) * 2 > nearest.columns.count else { throw .file(file, .unknownTable) }
        let names = nearest.columns.map(\.rawValue)
        throw .file(
            file,
            .columnsDiffer(
                nearest, extra: heading.filter { !names.contains($0) }, missing: names.filter { !heading.contains($0) })
        )
    }
}
