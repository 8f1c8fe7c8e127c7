import Foundation
import Sealing
import Testing

@Suite struct PaddedLengthTests {
    @Test(
        arguments: [
            (0, 256), (1, 256), (256, 256), (257, 272), (1_000, 1_024), (10_000, 10_240), (1 << 20, 1 << 20),
            ((1 << 20) + 1, (1 << 20) + (1 << 15)), (1 << 30, 1 << 30), ((1 << 30) + 1, (1 << 30) + (1 << 25)),
        ] as [(UInt64, UInt64)])
    func `a length is rounded up to its bucket`(byteCount: UInt64, bucket: UInt64) {
        #expect(PaddedLength.bucket(of: byteCount) == bucket)
    }

    @Test func `padding costs at most a quarter of a short content and an eighth of a long one`() {
        for exponent in stride(from: UInt64(8), through: 40, by: 1) {
            for byteCount in [1 << exponent, (1 << exponent) + 1, (2 << exponent) - 1] as [UInt64] {
                let padded = PaddedLength.padded(byteCount)
                #expect(padded >= PaddedLength.bucket(of: byteCount))
                #expect(padded - byteCount <= byteCount / (exponent < 16 ? 4 : 8))
            }
        }
    }

    @Test func `slack differs from copy to copy`() {
        #expect(Set((0..<32).map { _ in PaddedLength.padded(1 << 20) }).count > 16)
    }
}
