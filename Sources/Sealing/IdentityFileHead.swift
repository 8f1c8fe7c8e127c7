import Foundation

/// The readable part of an identity file: everything the private half is sealed together with.
struct IdentityFileHead {
    let card: IdentityCard
    let work: WorkFactor
    let salt: Data
    let roots: [String: Data]

    private static let rootByteCount = 32
    private static let longestVaultIDByteCount = 128

    init(card: IdentityCard, work: WorkFactor, salt: Data, roots: [String: Data]) {
        self.card = card
        self.work = work
        self.salt = salt
        self.roots = roots
    }

    /// Reads the headers; they must be exactly those this head would write.
    init(card: IdentityCard, headers: [Armour.Header]) throws {
        let fields = headers.first { $0.name == "scrypt" }?.value.split(separator: " ").map(String.init) ?? []
        guard fields.count == 4, let log2N = Int(fields[0]), let salt = Data(base64Encoded: fields[3]) else {
            throw SealingFault.malformed("no scrypt parameters")
        }
        var roots: [String: Data] = [:]
        for header in headers where header.name == "root" {
            let words = header.value.split(separator: " ")
            guard words.count == 2, let root = Data(hexadecimal: words[1]) else {
                throw SealingFault.malformed("a pinned root")
            }
            roots[String(words[0])] = root
        }
        self.init(card: card, work: try WorkFactor(log2N: log2N), salt: salt, roots: roots)
        try check()
        guard headers == self.headers else { throw SealingFault.malformed("an unknown or misplaced header") }
    }

    var headers: [Armour.Header] {
        let scrypt = [String(work.log2N), String(WorkFactor.blockSize), String(WorkFactor.parallelism)]
        return [
            .init("suite", Suite.current.rawValue),
            .init("key", card.keyID),
            .init("scrypt", (scrypt + [salt.base64EncodedString()]).joined(separator: " ")),
        ]
            + roots.sorted { Data($0.key.utf8).lexicographicallyPrecedes(Data($1.key.utf8)) }
            .map { .init("root", "\($0.key) \($0.value.hexadecimal)") }
    }

    /// What the sealed half is authenticated with: the card's bytes, then each header line.
    var context: Data {
        Framing.join([card.encoded] + headers.map { Data("\($0.name): \($0.value)".utf8) })
    }

    func check() throws {
        guard salt.count == WorkFactor.saltByteCount else { throw SealingFault.malformed("a salt of another length") }
        for (vault, root) in roots {
            guard
                (1...IdentityFileHead.longestVaultIDByteCount).contains(vault.utf8.count),
                vault.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
                root.count == IdentityFileHead.rootByteCount
            else { throw SealingFault.malformed("a pinned root") }
        }
    }
}
