extension NationalReturn {
    /// Reads the chosen files and groups their rows by child.
    init(_ sources: [ReturnSource], setAside: [String], ignored: [String]) throws(ReturnFault) {
        var frames: [ReturnFrame.TableFrame] = []
        var rows: [ReturnRow] = []
        var wrongDates: [ReturnFault.Place] = []
        for source in sources {
            let read = try CommaSeparatedTable(reading: source.bytes, file: source.name)
            let frame = ReturnFrame.TableFrame(table: source.table, fileName: source.name, read: read)
            let tableRows = frame.rows(of: read)
            wrongDates += tableRows.flatMap { row in
                row.wrongDates.map { ReturnFault.Place(file: source.name, line: row.line, column: $0) }
            }
            frames.append(frame)
            rows += tableRows
        }
        if let first = wrongDates.first {
            throw .line(
                file: first.file, first.line,
                .notADate(column: first.column, othersInReturn: wrongDates.count - 1))
        }
        self.init(
            children: Self.grouped(rows), frame: ReturnFrame(tables: frames),
            sexCodes: SexCodes(of: rows.filter { $0.table == .header }), setAside: setAside, ignored: ignored)
    }

    private static func grouped(_ rows: [ReturnRow]) -> [ReturnChild] {
        // Keyed by bytes: two identifiers that differ only in how an accent is encoded are two.
        var order: [[UInt8]] = []
        var byChild: [[UInt8]: [ReturnRow]] = [:]
        // Header is the first table, so its children come first.
        for row in rows {
            let identifier = Array(row[.child].utf8)
            if byChild[identifier] == nil { order.append(identifier) }
            byChild[identifier, default: []].append(row)
        }
        return order.map { identifier in
            let rows = byChild[identifier]!
            return ReturnChild(identifier: rows[0][.child], rows: rows)
        }
    }
}

extension ReturnFault {
    struct Place {
        let file: String
        let line: Int
        let column: ReturnColumn
    }
}

extension ReturnFrame.TableFrame {
    /// The file's order of columns, as positions among the table's own.
    private var positions: [Int] { table.columns.map { columns.firstIndex(of: $0)! } }

    fileprivate func rows(of read: CommaSeparatedTable) -> [ReturnRow] {
        let positions = positions
        return read.records.enumerated().dropFirst().map { index, record in
            ReturnRow(
                table: table, line: index + 1, cells: positions.map { record.cells[$0] },
                quoted: record.quoted.isEmpty ? [] : table.inOrder(record.quoted.map { columns[$0] }))
        }
    }
}

extension ReturnRow {
    fileprivate var wrongDates: [ReturnColumn] {
        let wrong = table.dateColumns.filter { !self[$0].isEmpty && ReturnDate.day(self[$0]) == nil }
        guard table == .previousPermanence else { return wrong }
        let written = self[.previousPermanenceBegan]
        return written.isEmpty || ReturnDate.isPartial(written) ? wrong : wrong + [.previousPermanenceBegan]
    }
}
