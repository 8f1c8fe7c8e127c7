import Sealing
import Testing

@Suite struct LabelTests {
    @Test func `the stored spellings never change`() {
        #expect(
            Label.all.map(\.text) == [
                "strongroom/record-key/v1", "strongroom/group-key/v1", "strongroom/entry-key/v1",
                "strongroom/content-digest/v1", "strongroom/stream/v1", "strongroom/commitment/v1",
                "strongroom/signing-ed25519/v1", "strongroom/signing-ml-dsa-65/v1", "strongroom/identity-card/v1",
                "strongroom/identity-file/v1", "strongroom/recovery-secret/v1", "strongroom/recovery-page/v1",
                "strongroom/recovery-commitment/v1", "strongroom/statement/v1",
            ])
        #expect(Sealing.Suite.allCases.map(\.rawValue) == ["strongroom-suite-1"])
    }

    @Test func `no two labels are the same`() {
        #expect(Set(Label.all).count == Label.all.count)
    }
}
