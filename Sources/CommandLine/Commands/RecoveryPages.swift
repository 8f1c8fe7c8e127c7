import ArgumentParser
import Foundation
import Sealing
import Strongroom

/// Pages that custodians bring: named as files, or typed.
struct GivenPages: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with a share's page, or its five numbered lines; repeat it for each share. Else pages are typed.",
            valueName: "file"), completion: .file())
    var share: [String] = []

    /// Standard input is the pages', unless files are named.
    func leaveInput(to reason: String) throws {
        guard reason != "-" || !share.isEmpty else {
            throw ValidationError("standard input is the pages': write the reason in a file and give `@FILE`")
        }
    }

    func read(at desk: Desk) throws -> [RecoveryShare] { try SharePages(desk: desk).read(files: share) }
}

/// Pages to be made: how many, and where.
struct NewPages: ParsableArguments {
    @Option(help: ArgumentHelp("How many shares to make, at most 32.", valueName: "n"))
    var shares: Int

    @Option(help: ArgumentHelp("How many of them restore, at least 2.", valueName: "n"))
    var threshold: Int

    @Option(help: ArgumentHelp("The new directory for the pages.", valueName: "dir"), completion: .directory)
    var out: String

    func validate() throws {
        guard (2...32).contains(threshold), (threshold...32).contains(shares) else {
            throw ValidationError("the threshold is 2 to the number of shares, of which there are at most 32")
        }
    }

    /// Runs a split that writes its pages before it takes force: whatever happens, either the former pages count or these
    /// are on the disk.
    func write(_ split: (([RecoveryShare]) throws -> Void) throws -> Strongroom.RecoverySplit) throws
        -> Strongroom.RecoverySplit
    {
        let folder = URL(filePath: out, directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Trouble(message: "the directory `\(out.printable)` cannot be made anew", hint: "choose another path")
        }
        do {
            return try split { shares in
                for share in shares {
                    try PrivateFile.create(
                        Data(SharePage.html(of: share).utf8), at: folder.appending(path: "share-\(share.index).html"))
                    try PrivateFile.create(
                        Data(share.page.utf8), at: folder.appending(path: "share-\(share.index).txt"))
                }
            }
        } catch {
            // Only an empty folder goes: pages that were written may be all there is.
            rmdir(folder.path(percentEncoded: false))
            throw error
        }
    }

    /// The pages' names, and the backups that the shares before them still open.
    func show(_ split: Strongroom.RecoverySplit, in vault: OpenVault) throws {
        struct Result: Encodable {
            let pages: [String]
            let unreached: Int
            let openToFormerShares: [BackupLine]
        }
        let names = split.shares.flatMap { share in ["html", "txt"].map { "\(out)/share-\(share.index).\($0)" } }
        let backups = split.openToFormerShares
        let table = Table("backup made", "log entries", rows: backups.map { [$0.at, "\($0.logSize)"] })
        try vault.show(
            Result(pages: names, unreached: split.unreachedCount, openToFormerShares: backups),
            as: (names.map(\.printable)
                + (backups.isEmpty ? [] : [table.text(styled: vault.terminal.isStyled)])).joined(separator: "\n"))
    }

    func warnings(_ split: Strongroom.RecoverySplit) -> [String] {
        let backups = split.openToFormerShares.count
        return [
            backups > 0
                ? "the former shares still open the backups listed above, wherever they lie: destroy them when you may"
                : nil,
            split.unreachedCount > 0
                ? "\(split.unreachedCount) closed records are out of recovery's reach: an archive keeper runs `strongroom recovery include`"
                : nil,
        ].compactMap { $0 }
    }
}
