import Foundation

/// The words that unlock an identity file.
struct Passphrase {
    private static let leastCharacterCount = 8
    private static let byteCountLimit = 4096

    /// UTF-8 of normalisation form C: the same keys on another keyboard give the same bytes.
    let bytes: Data

    init(_ text: String) {
        bytes = Data(text.precomposedStringWithCanonicalMapping.utf8)
    }

    /// The first line of a file.
    init(file path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw Trouble(message: "the passphrase file `\(path.printable)` cannot be read", hint: "check the path")
        }
        defer { try? file.close() }
        try self.init(firstLineOf: file, called: path)
    }

    /// The first line that another program writes to a descriptor of ours.
    init(descriptor: Int32) throws {
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        try self.init(firstLineOf: file, called: "descriptor \(descriptor)")
    }

    private init(firstLineOf file: FileHandle, called name: String) throws {
        guard let bytes = try? file.read(upToCount: Self.byteCountLimit),
            let text = String(validating: bytes, as: UTF8.self)
        else { throw Trouble(message: "the passphrase in `\(name.printable)` cannot be read") }
        self.init(String(text.prefix { !$0.isNewline }))
    }

    /// Asks for a new one twice.
    static func new(at keyboard: Keyboard) throws -> Passphrase {
        let first = try keyboard.askHidden("new passphrase: ")
        guard try keyboard.askHidden("the same again: ") == first else {
            throw Misuse(message: "the two passphrases differ, nothing was changed")
        }
        return Passphrase(first)
    }

    /// The same, if it is long enough to protect anything.
    func strongEnough() throws -> Passphrase {
        guard String(decoding: bytes, as: UTF8.self).count >= Self.leastCharacterCount else {
            throw Misuse(
                message: "a passphrase has at least \(Self.leastCharacterCount) characters",
                hint: "four words that do not belong together are easy to keep")
        }
        return self
    }
}
