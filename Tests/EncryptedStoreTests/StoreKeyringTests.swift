import EncryptedStore
import Foundation
import Testing

struct StoreKeyringTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private let keyring = StoreKeyring(
        vaultID: "V-7K3M9QXD", isPractice: true, rootStatement: Data([1, 2, 3]),
        logOrigin: "example.org/strongroom/V-7K3M9QXD",
        logVerifierKey: "example.org/strongroom/V-7K3M9QXD+0a1b2c3d+AQID",
        recoveryWraps: [.init(recipient: "recovery", purpose: "store-key", bytes: Data([4]))],
        wraps: [
            .init(recipient: "00112233aabbccdd", purpose: "store-key", bytes: Data(repeating: 5, count: 40)),
            .init(recipient: "00112233aabbccdd", purpose: "log-key", bytes: Data()),
        ],
        authenticator: Data([9]))

    @Test(
        arguments: try FileManager.default
            .contentsOfDirectory(atPath: vectors.appending(path: "keyring").path(percentEncoded: false)).sorted())
    func `a keyring file is read or refused`(name: String) throws {
        let file = try Data(contentsOf: vectors.appending(path: "keyring/\(name)"))
        let head = try #require(file.range(of: Data("\n\n".utf8)))
        let expectation = String(decoding: file[..<head.lowerBound], as: UTF8.self)
        let body = Data(file[head.upperBound...])
        switch expectation {
        case "expect: read": #expect(try StoreKeyring(encoded: body).encoded == body)
        case "expect: newer 2": #expect(throws: StoreFault.newer(version: 2)) { try StoreKeyring(encoded: body) }
        case let refused where refused.hasPrefix("expect: damaged "):
            let fault = #expect(throws: StoreFault.damaged("")) { try StoreKeyring(encoded: body) }
            #expect(fault?.description == "the store is damaged: " + refused.dropFirst("expect: damaged ".count))
        default: Issue.record("unknown expectation in \(name)")
        }
    }

    @Test func `a keyring comes back from its file as it was`() throws {
        let file = directory.url.appending(path: "store.keyring")
        try keyring.save(to: file)
        #expect(try StoreKeyring.load(from: file) == keyring)
        var changed = keyring
        changed.wraps.removeLast()
        changed.logOrigin = "\"quoted\" \\ \u{1}\n naïve 👧🏽"
        try changed.save(to: file)
        #expect(try StoreKeyring.load(from: file) == changed)
        let mode =
            try FileManager.default.attributesOfItem(atPath: file.path(percentEncoded: false))[.posixPermissions]
            as? Int
        #expect(mode == 0o600)
        #expect(try directory.names() == ["store.keyring"])
    }

    @Test func `the authenticator covers everything but itself`() {
        var other = keyring
        other.authenticator = Data([1])
        #expect(other.authenticatedBytes == keyring.authenticatedBytes)
        #expect(other.encoded != keyring.encoded)
        other.isPractice = false
        #expect(other.authenticatedBytes != keyring.authenticatedBytes)
    }

    @Test func `no changed byte is read as the same keyring`() {
        let encoded = keyring.encoded
        for index in encoded.indices {
            var changed = encoded
            changed[index] ^= 0x01
            #expect((try? StoreKeyring(encoded: changed)) != keyring, "byte \(index)")
            #expect(throws: StoreFault.self, "cut at \(index)") { try StoreKeyring(encoded: encoded[..<index]) }
        }
    }

    @Test func `what is wrong with the file is said with its name`() throws {
        let file = directory.url.appending(path: "store.keyring")
        #expect(throws: StoreFault.missing(path: directory.path("store.keyring"))) { try StoreKeyring.load(from: file) }
        try Data("{".utf8).write(to: file)
        let fault = #expect(throws: StoreFault.damaged("")) { try StoreKeyring.load(from: file) }
        #expect(fault?.description == "the store is damaged: `store.keyring`: it is not JSON")
        #expect(throws: StoreFault.missing(path: directory.path("nowhere"))) {
            try keyring.save(to: directory.url.appending(path: "nowhere/store.keyring"))
        }
    }
}
