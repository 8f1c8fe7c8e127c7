import Testing
import TransparencyLog

@Suite struct NoteKeyTests {
    @Test func `a key reads back from its text`() throws {
        let verifier = MemoryLog.signer.verifier
        #expect(verifier.vkey == "vault.example/adoption-log+fc3d0cbb+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")
        #expect(try NoteVerifier(vkey: verifier.vkey) == verifier)
        #expect(MemoryLog.signer.keyID == 0xFC3D_0CBB)
    }

    @Test func `the signed-note specification's own key is accepted`() throws {
        let verifier = try NoteVerifier(vkey: "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
        #expect(verifier.name == "example.com/foo")
        #expect(verifier.publicKey.count == 32)
    }

    @Test(arguments: [
        "", "vault.example/adoption-log",
        "vault.example/adoption-log+fc3d0cbb",
        "vault.example/adoption-log+fc3d0cbc+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "vault.example/adoption-lob+fc3d0cbb+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "vault.example/adoption-log+FC3D0CBB+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "vault.example/adoption-log+fc3d0cbb+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG5",
        "vault.example/adoption-log+fc3d0cbb+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4\n",
        "vault.example/adoption-log+fc3d0cbb+AQOhB7/zzhC",
        "+fc3d0cbb+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "two words+fc3d0cbb+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "auditor.example/w1+15cfbe2c+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X",
    ]) func `a key with anything wrong is refused`(vkey: String) {
        #expect(throws: NoteFault.self) { try NoteVerifier(vkey: vkey) }
    }

    @Test(arguments: ["", "a b", "a+b", "a\nb", "a\u{A0}b", "a\u{2003}b", "a\u{85}b", "a\u{0}b"])
    func `a name that would break a line is refused`(name: String) {
        #expect(throws: NoteFault.self) {
            try NoteSigner(name: name, ed25519Seed: [UInt8](repeating: 1, count: 32))
        }
    }

    @Test func `a seed of another length is refused`() {
        #expect(throws: NoteFault.self) { try NoteSigner(name: "a", ed25519Seed: [1, 2, 3]) }
    }

    @Test func `faults are one printable line whatever stood in the file`() {
        let fault = LogFault.wrongOrigin(expected: "a", found: "b\u{1B}[31m\u{9B}\u{202E}c")
        #expect(fault.description == "the checkpoint is that of log `b\u{FFFD}[31m\u{FFFD}\u{FFFD}c`, not of `a`")
    }
}
