public import Foundation

extension StoreKeyring {
    /// The file's exact bytes.
    public var encoded: Data {
        encode(authenticator: authenticator)
    }

    /// What ``authenticator`` is to be reckoned over: the file's bytes as they are with an empty authenticator.
    public var authenticatedBytes: Data {
        encode(authenticator: Data())
    }

    /// Reads the file's bytes.
    ///
    /// One keyring has one spelling: bytes that would be written differently are refused, so that no reader can see
    /// another keyring in them than the authenticator covers.
    ///
    /// - Throws: ``StoreFault/damaged(_:)`` saying what is wrong; ``StoreFault/newer(version:)``.
    public init(encoded: Data) throws {
        let file: KeyringFile
        do {
            let kind = try JSONDecoder().decode(KeyringFile.Kind.self, from: encoded)
            guard kind.format == Labels.keyringFormat else { throw StoreFault.damaged("it is not a keyring") }
            guard kind.version <= Labels.keyringVersion else { throw StoreFault.newer(version: kind.version) }
            file = try JSONDecoder().decode(KeyringFile.self, from: encoded)
        } catch let error as DecodingError {
            throw StoreFault.damaged(KeyringFile.words(for: error))
        }
        self.init(
            vaultID: file.vault,
            isPractice: file.practice,
            rootStatement: try KeyringFile.bytes(file.root, of: "root"),
            logOrigin: file.logOrigin,
            logVerifierKey: file.logKey,
            recoveryWraps: try KeyringFile.wraps(file.recovery, of: "recovery"),
            wraps: try KeyringFile.wraps(file.wraps, of: "wraps"),
            authenticator: try KeyringFile.bytes(file.authenticator, of: "authenticator"))
        guard self.encoded == encoded else { throw StoreFault.damaged("it is not spelt as a keyring is written") }
    }

    private func encode(authenticator: Data) -> Data {
        let lines = [
            "{",
            "  \"format\": \(quoted(Labels.keyringFormat)),",
            "  \"version\": \(Labels.keyringVersion),",
            "  \"vault\": \(quoted(vaultID)),",
            "  \"practice\": \(isPractice),",
            "  \"root\": \(quoted(rootStatement)),",
            "  \"logOrigin\": \(quoted(logOrigin)),",
            "  \"logKey\": \(quoted(logVerifierKey)),",
            "  \"recovery\": \(list(recoveryWraps)),",
            "  \"wraps\": \(list(wraps)),",
            "  \"authenticator\": \(quoted(authenticator))",
            "}",
            "",
        ]
        return Data(lines.joined(separator: "\n").utf8)
    }

    private func list(_ wraps: [Wrap]) -> String {
        guard !wraps.isEmpty else { return "[]" }
        let lines = wraps.map { wrap in
            "    {\"recipient\": \(quoted(wrap.recipient)), \"purpose\": \(quoted(wrap.purpose)), "
                + "\"bytes\": \(quoted(wrap.bytes))}"
        }
        return "[\n\(lines.joined(separator: ",\n"))\n  ]"
    }
}

/// The file as JSON sees it.
private struct KeyringFile: Decodable {
    let vault: String
    let practice: Bool
    let root: String
    let logOrigin: String
    let logKey: String
    let recovery: [Wrap]
    let wraps: [Wrap]
    let authenticator: String

    /// Read first, so that a later version is known as one, whatever else it holds.
    struct Kind: Decodable {
        let format: String
        let version: Int
    }

    struct Wrap: Decodable {
        let recipient: String
        let purpose: String
        let bytes: String
    }

    static func wraps(_ wraps: [Wrap], of field: String) throws -> [StoreKeyring.Wrap] {
        try wraps.enumerated().map { index, wrap in
            StoreKeyring.Wrap(
                recipient: wrap.recipient,
                purpose: wrap.purpose,
                bytes: try bytes(wrap.bytes, of: "\(field)[\(index)].bytes"))
        }
    }

    static func bytes(_ base64: String, of field: String) throws -> Data {
        guard let bytes = Data(base64Encoded: base64) else { throw StoreFault.damaged("`\(field)` is not base64") }
        return bytes
    }

    static func words(for error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "`\(path(context.codingPath + [key]))` is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "`\(path(context.codingPath))` is of the wrong kind"
        default: "it is not JSON"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce("") { path, key in
            if let index = key.intValue { return "\(path)[\(index)]" }
            return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
        }
    }
}

private func quoted(_ bytes: Data) -> String {
    "\"\(bytes.base64EncodedString())\""
}

private func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\":
            quoted.unicodeScalars.append("\\")
            quoted.unicodeScalars.append(scalar)
        case "\u{00}"..."\u{1F}":
            let hex = String(scalar.value, radix: 16)
            quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default:
            quoted.unicodeScalars.append(scalar)
        }
    }
    return quoted + "\""
}
