/// Rows under headings, for people: two spaces between columns, nothing drawn.
package struct Table {
    private let headings: [String]
    private let rows: [[String]]

    package init(_ headings: String..., rows: [[String]]) {
        self.headings = headings
        self.rows = rows.map { $0.map(\.printable) }
    }

    /// The table as lines, without a final line feed; one line that says so if there is no row.
    package func text(styled: Bool = false, none: String = "none") -> String {
        guard !rows.isEmpty else { return none }
        let widths = headings.indices.map { column in
            ([headings] + rows).map { $0[column].count }.max() ?? 0
        }
        let head = Self.line(headings, widths)
        let emphasised = styled ? "\u{1B}[1m\(head)\u{1B}[0m" : head
        return ([emphasised] + rows.map { Self.line($0, widths) }).joined(separator: "\n")
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        let last = cells.lastIndex { !$0.isEmpty } ?? 0
        return cells.indices.prefix(last + 1).map { column in
            column == last ? cells[column] : cells[column].padded(to: widths[column])
        }.joined(separator: "  ")
    }
}

/// Named values one below the other, for people; a value of several lines goes on under its first.
package struct Card {
    private let lines: [(name: String, value: String)]

    /// Takes the lines; those without a value are left out.
    package init(_ lines: [(String, String?)]) {
        self.lines = lines.compactMap { name, value in value.map { (name, $0) } }
    }

    /// The card as lines, without a final line feed.
    package var text: String {
        let width = (lines.map(\.name.count).max() ?? 0) + 2
        let indent = "\n" + String(repeating: " ", count: width)
        return lines.map { name, value in
            "\(name):".padded(to: width) + value.printableLines.replacing("\n", with: indent)
        }.joined(separator: "\n")
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
