extension ReturnFault: CustomStringConvertible {
    /// What is wrong, in lower case and without a full stop.
    public var description: String {
        switch self {
        case .folder(let trouble): trouble.words
        case .file(let name, let trouble): "`\(printable(name))`: \(trouble.words)"
        case .line(let name, let line, let trouble): "`\(printable(name))` line \(line): \(trouble.words)"
        case .keptFormMalformed: "what was kept of the return is not in the form this version writes"
        }
    }

    /// What the person can do about it, in lower case and without a full stop.
    public var hint: String {
        switch self {
        case .folder(let trouble): trouble.hint
        case .file(_, let trouble): trouble.hint
        case .line(_, _, let trouble): trouble.hint
        case .keptFormMalformed: "run `strongroom vault check`"
        }
    }
}

extension ReturnFault.FolderTrouble {
    fileprivate var words: String {
        switch self {
        case .notADirectory: "there is no such folder"
        case .noTables: "the folder holds no CSV file"
        case .missingTable(let table): "no file holds the table \(table.rawValue)"
        case .twoFiles(let table, let names): "the table \(table.rawValue) stands in \(listed(names))"
        case .usedFileNotThere(let name): "`\(printable(name))` was asked for and is not in the folder"
        case .cannotMake: "the folder cannot be made"
        }
    }

    fileprivate var hint: String {
        switch self {
        case .notADirectory, .noTables: "give the folder that holds the return's CSV files"
        case .missingTable: "add the file to the folder; every child of a return stands in Header"
        case .twoFiles: "name the one that counts with `--use FILE`"
        case .usedFileNotThere: "`--use` takes the name of a CSV file in the folder, without its path"
        case .cannotMake: "give a folder that does not exist yet, in a place where you may write"
        }
    }
}

extension ReturnFault.FileTrouble {
    fileprivate var words: String {
        switch self {
        case .unreadable: "the file cannot be read"
        case .notARegularFile: "this is not a regular file"
        case .empty: "the file is empty"
        case .tooLarge(let limit): "the file is larger than \(limit >> 20) MiB"
        case .changedWhileRead: "the file changed while it was read"
        case .utf16: "the file is written in UTF-16"
        case .unknownTable: "its first line is not the heading of a table of the return"
        case .columnsDiffer(let table, let extra, let missing): differing(from: table, extra: extra, missing: missing)
        case .alreadyThere: "there is already a file of this name"
        case .cannotWrite: "the file cannot be written"
        case .rowsMissing(let expected, let found): "\(found) of the \(expected) rows it had are at hand"
        }
    }

    fileprivate var hint: String {
        switch self {
        case .unreadable: "check that you may read it"
        case .notARegularFile: "remove it from the folder, or put a copy of the file in its place"
        case .empty: "export it again, or remove it from the folder"
        case .tooLarge: "check that this is a table of the return"
        case .changedWhileRead: "close it in other programs and try again"
        case .utf16: "save it again as CSV in UTF-8"
        case .unknownTable: "move it to another folder; the columns must be spelt as in the guide, in capitals"
        case .columnsDiffer: "export the table again with exactly the columns of the guide, in any order"
        case .alreadyThere: "export to a new folder"
        case .cannotWrite: "check the space on the disk and that you may write there"
        case .rowsMissing: "nothing was written; run `strongroom vault check`"
        }
    }
}

extension ReturnFault.LineTrouble {
    fileprivate var words: String {
        switch self {
        case .notUTF8: "the bytes are not UTF-8"
        case .controlCharacter: "there is a control character"
        case .quoteNotClosed: "a quoted field is not closed"
        case .lineNotEnded: "the last line does not end"
        case .quoteInsideField: "a quotation mark stands inside a field that is not quoted"
        case .ragged(let expected, let found): "the row has \(found) fields where the heading has \(expected)"
        case .fieldTooLong: "a field is too long"
        case .columnTwice: "a column stands twice in the heading"
        case .notADate(let column, let others):
            "\(column.rawValue) is not a date" + (others == 0 ? "" : ", nor are \(others) more in this return")
        }
    }

    fileprivate var hint: String {
        switch self {
        case .notUTF8: "the file was saved in another encoding; save it again as CSV in UTF-8"
        case .controlCharacter: "remove it; the file may be damaged"
        case .quoteNotClosed, .lineNotEnded, .ragged: "the file may be cut short; export it again"
        case .quoteInsideField: "put the whole field in quotation marks and double the one inside"
        case .fieldTooLong: "check that this is a table of the return"
        case .columnTwice: "leave one of them"
        case .notADate(.previousPermanenceBegan, _):
            "write dd/mm/yyyy, with zz for a day or a month and zzzz for a year that is not known"
        case .notADate: "write dd/mm/yyyy, a day that exists; leave it empty where there is none"
        }
    }
}

private func differing(from table: ReturnTable, extra: [String], missing: [String]) -> String {
    let parts = [
        extra.isEmpty ? nil : "the table \(table.rawValue) has no column \(listed(extra))",
        missing.isEmpty ? nil : "the table \(table.rawValue) lacks \(listed(missing))",
    ]
    return parts.compactMap(\.self).joined(separator: "; ")
}

private func listed(_ names: [String]) -> String {
    names.map { "`\(printable($0))`" }.joined(separator: " and ")
}

/// A file's name may hold anything but a slash; what reaches a terminal may not.
private func printable(_ name: String) -> String {
    String(
        String.UnicodeScalarView(
            name.unicodeScalars.map { unprintable.contains($0.properties.generalCategory) ? "?" : $0 }))
}

private let unprintable: Set<Unicode.GeneralCategory> = [.control, .lineSeparator, .paragraphSeparator]
