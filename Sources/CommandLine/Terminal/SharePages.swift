import Foundation
import Sealing

/// Custodians' pages: out of files, typed at the terminal line by line, or from standard input. Never an argument.
struct SharePages {
    /// Typed in place of a line when there is no further page.
    static let endWord = "done"

    private static let hint = "name files with `--share FILE`"

    let desk: Desk

    /// Reads the pages of the files named, or else those that a person types: as many as restore, or fewer if they say
    /// that there are no more.
    ///
    /// - Throws: ``Trouble`` that names the page and the line.
    func read(files: [String]) throws -> [RecoveryShare] {
        guard files.isEmpty else { return try files.map(read(file:)) }
        guard !Keyboard.isThere else { return try typed() }
        guard !desk.isShell else {
            throw Misuse(message: "in the shell, standard input is the commands'", hint: Self.hint)
        }
        return try pages(in: TextSource.standardInput.read(at: desk, isPractice: false))
    }

    private func read(file: String) throws -> RecoveryShare {
        let text = try TextSource(file: file).read(at: desk, isPractice: false)
        do {
            return try RecoveryShare(page: text)
        } catch let fault as SealingFault {
            throw Self.trouble(fault, with: "`\(file.printable)`")
        }
    }

    /// Pages one after the other: of each, the lines that begin with their number count.
    private func pages(in text: String) throws -> [RecoveryShare] {
        var shares: [RecoveryShare] = []
        var page = TypedSharePage()
        for line in text.split(whereSeparator: \.isNewline) where Self.isNumbered(line) {
            do {
                try page.take(String(line))
                guard page.next == nil else { continue }
                shares.append(try page.share())
                page = TypedSharePage()
            } catch let fault as SealingFault {
                throw Self.trouble(fault, with: "share \(shares.count + 1)")
            }
        }
        guard page.next == 1 else {
            throw Self.trouble(.shareDamaged(line: page.next ?? 1), with: "share \(shares.count + 1)")
        }
        return shares
    }

    private static func isNumbered(_ line: Substring) -> Bool {
        let words = line.split(whereSeparator: \.isWhitespace)
        let first = words.first?.trimmingCharacters(in: .punctuationCharacters) ?? ""
        return words.count > 1 && Int(first).map { (1...RecoveryShare.lineCount).contains($0) } ?? false
    }

    // MARK: at the terminal

    private func typed() throws -> [RecoveryShare] {
        let keyboard = try Keyboard(hint: Self.hint)
        desk.terminal.say(
            """
            Type the five numbered lines of each page, the pages in any order; `\(Self.endWord)` says that there are no \
            more. A line that does not check is asked for again.
            """)
        var shares: [RecoveryShare] = []
        while shares.count < shares.first?.threshold ?? Int.max {
            guard let share = try typedPage(shares.count + 1, keyboard) else { return shares }
            if let first = shares.first, first.setID != share.setID {
                desk.terminal.say("this page is of set \(share.setName), the first of \(first.setName): take another")
            } else if shares.contains(where: { $0.index == share.index }) {
                desk.terminal.say("share \(share.index) was typed already: take another page")
            } else {
                shares.append(share)
                let enough = "\(shares.count) of the \(share.threshold) that restore"
                desk.terminal.say("share \(share.index) of \(share.count): sound; \(enough)")
            }
        }
        return shares
    }

    /// One page, or nil when there is no further one.
    private func typedPage(_ number: Int, _ keyboard: Keyboard) throws -> RecoveryShare? {
        var page = TypedSharePage()
        while let next = page.next {
            let line = try keyboard.askSecretly("page \(number), line \(next): ")
            if line.trimmingCharacters(in: .whitespaces).lowercased() == Self.endWord {
                guard next > 1 else { return nil }
                desk.terminal.say("page \(number) is left out: line \(next) is missing")
                return try typedPage(number, keyboard)
            }
            guard !Self.isForPeople(line) else { continue }
            do {
                try page.take(line)
            } catch SealingFault.shareDamaged {
                desk.terminal.say("line \(next): \(Self.wrong(line, next)), type it again")
            }
        }
        do {
            return try page.share()
        } catch let fault as SealingFault {
            desk.terminal.say("page \(number): \(fault.description), type it again from line 1")
            return try typedPage(number, keyboard)
        }
    }

    /// What a page says above its numbered lines, should somebody type or paste that too.
    private static func isForPeople(_ line: String) -> Bool {
        line.allSatisfy(\.isWhitespace)
            || ["strongroom", "suite:", "set:", "share:"].contains { line.lowercased().hasPrefix($0) }
    }

    private static func wrong(_ line: String, _ number: Int) -> String {
        let count = TypedSharePage.characterCount(of: line, number: number)
        let wanted = RecoveryShare.lineCharacterCount
        return count == wanted ? "mistyped" : "\(count) characters, and \(wanted) are wanted"
    }

    private static func trouble(_ fault: SealingFault, with page: String) -> Trouble {
        guard case .shareDamaged(let line) = fault else {
            return Trouble(message: "\(page): \(fault.description)", hint: "type it again from the printed page")
        }
        return Trouble(
            message: "\(page), line \(line): missing or mistyped", hint: "type that line again from the printed page")
    }
}
