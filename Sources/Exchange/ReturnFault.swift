/// Why a return could not be read or written, with the file, the line and what to do about it.
///
/// A fault names files, columns and line numbers, never a value: what a row says is about a child.
public enum ReturnFault: Error, Equatable, Sendable {
    /// Something about the folder or its set of tables.
    case folder(FolderTrouble)
    /// Something about one file as a whole.
    case file(String, FileTrouble)
    /// Something at one line of one file, counted from 1, the heading being line 1.
    case line(file: String, Int, LineTrouble)
    /// What the vault kept of a return does not have the form this version writes.
    case keptFormMalformed

    /// Troubles of a folder.
    public enum FolderTrouble: Equatable, Sendable {
        case notADirectory
        case noTables
        case missingTable(ReturnTable)
        case twoFiles(ReturnTable, [String])
        case usedFileNotThere(String)
        case cannotMake
    }

    /// Troubles of a file.
    public enum FileTrouble: Equatable, Sendable {
        case unreadable
        case notARegularFile
        case empty
        case tooLarge(limitByteCount: Int)
        case changedWhileRead
        case utf16
        case unknownTable
        case columnsDiffer(ReturnTable, extra: [String], missing: [String])
        case alreadyThere
        case cannotWrite
        case rowsMissing(expected: Int, found: Int)
    }

    /// Troubles of a line.
    public enum LineTrouble: Equatable, Sendable {
        case notUTF8
        case controlCharacter
        case quoteNotClosed
        case lineNotEnded
        case quoteInsideField
        case ragged(expected: Int, found: Int)
        case fieldTooLong
        case columnTwice
        case notADate(column: ReturnColumn, othersInReturn: Int)
    }
}
