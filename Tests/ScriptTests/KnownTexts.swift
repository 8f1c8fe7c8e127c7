import Foundation
import StrongroomTesting

/// What a script tells a vault, and what may therefore stand in no file that the vault wrote.
///
/// Its files, line by line and word by word; the words typed as arguments; what it saved of an answer.
struct KnownTexts {
    /// Words that a keyring shows to anyone, because they are what it says of itself.
    private static let open: Set<String> = [
        "authenticator", "directory", "format", "logKey", "logOrigin", "practice", "purpose", "recipient", "recovery",
        "strongroom", "version",
    ]

    private var texts = Set(LeakScan.structure)

    init(files: [String: String]) {
        for text in files.values { add(text: text) }
    }

    /// A reference, a PIN, an entry that an answer named; the vault's own identifier is no secret.
    mutating func add(saved value: String) {
        if !value.hasPrefix("v_") { texts.insert(value) }
    }

    /// What was typed, but for options and the folders of paths.
    mutating func add(arguments: [String]) {
        for argument in arguments where !argument.hasPrefix("--") {
            texts.insert(argument.split(separator: "/").last.map(String.init) ?? argument)
        }
    }

    private mutating func add(text: String) {
        for line in text.split(separator: "\n") {
            texts.insert(line.trimmingCharacters(in: .whitespaces))
            texts.formUnion(line.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init))
        }
    }

    var scan: LeakScan { LeakScan(texts.subtracting(Self.open)) }
}
