import CommandLine
import Testing

@Suite struct RootFingerprintTests {
    private let digits = String(repeating: "9bd38e15", count: 8)

    @Test func `a root is read as it is shown`() {
        #expect(RootFingerprint(argument: "v_1:\(digits)")?.description == "v_1:\(digits)")
        #expect(RootFingerprint(argument: "v_1:9BD38E15 \(digits.dropFirst(8))")?.description == "v_1:\(digits)")
    }

    @Test(arguments: [
        "", "v_1", "v_1:", "v_1:9bd3", ":" + String(repeating: "9", count: 64),
        "v_1:" + String(repeating: "g", count: 64), "v_1:" + String(repeating: "+9", count: 32),
    ])
    func `anything else is none`(text: String) {
        #expect(RootFingerprint(argument: text) == nil)
    }
}
