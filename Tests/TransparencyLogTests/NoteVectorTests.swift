import Foundation
import Testing
import TransparencyLog

@Suite struct NoteVectorTests {
    @Test(arguments: VectorFile.all(in: "notes")) func `a crafted checkpoint meets its verdict`(file: URL) throws {
        let vector = try VectorFile(file, keys: ["key", "origin", "expect"])
        let verifier = try NoteVerifier(vkey: vector["key"])
        let verdict: String
        do {
            let checkpoint = try Checkpoint.open(vector.body, origin: vector["origin"], verifier: verifier)
            #expect(checkpoint.origin == vector["origin"])
            verdict = "accepted"
        } catch let fault as LogFault {
            verdict = word(fault)
        }
        #expect(["accepted", "malformed", "wrong-origin", "bad-signature", "not-signed"].contains(vector["expect"]))
        #expect(verdict == vector["expect"], "\(vector.name)")
    }

    @Test func `there are vectors`() {
        #expect(VectorFile.all(in: "notes").count >= 60)
    }

    @Test func `a note that was read is written back unchanged`() throws {
        for file in VectorFile.all(in: "notes") where file.lastPathComponent.hasPrefix("good") {
            let vector = try VectorFile(file, keys: ["key", "origin", "expect"])
            #expect(try SignedNote(parsing: vector.body).encoded == vector.body)
        }
    }

    @Test func `a checkpoint is accepted only for the origin its key bears`() throws {
        let verifier = MemoryLog.signer(named: "other.example/log", firstSeedByte: 0).verifier
        #expect(throws: LogFault.wrongOrigin(expected: "other.example/log", found: MemoryLog.origin)) {
            try Checkpoint.open(MemoryLog([[1]]).note(1), origin: MemoryLog.origin, verifier: verifier)
        }
    }

    private func word(_ fault: LogFault) -> String {
        switch fault {
        case .malformed: "malformed"
        case .wrongOrigin: "wrong-origin"
        case .badSignature: "bad-signature"
        case .notSigned: "not-signed"
        default: "\(fault)"
        }
    }
}
