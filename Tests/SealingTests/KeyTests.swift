import Foundation
import Sealing
import Testing

@Suite struct KeyTests {
    let context = Data("record 7".utf8)

    @Test func `a record is read through its group and by nobody else`() throws {
        let member = Identity()
        let outsider = Identity()
        let group = GroupKey(epoch: 1)
        let record = RecordKey()
        let sealed = try record.entryKey(Data("1".utf8)).seal(Data("letter".utf8), owner: context)

        let groupWrap = try group.wrapped(to: member.card.encapsulation, context: context)
        let recordWrap = try record.wrapped(to: group.publicKey, context: context)
        let opened = try GroupKey.unwrap(groupWrap, epoch: 1, with: member.encapsulation, context: context)
        let key = try RecordKey.unwrap(recordWrap, with: opened.privateKey, context: context)
        #expect(try key.entryKey(Data("1".utf8)).open(sealed, owner: context) == Data("letter".utf8))

        #expect(throws: SealingFault.notForThisKey) {
            try GroupKey.unwrap(groupWrap, epoch: 1, with: outsider.encapsulation, context: context)
        }
        #expect(throws: SealingFault.notForThisKey) {
            try RecordKey.unwrap(recordWrap, with: outsider.encapsulation, context: context)
        }
    }

    @Test func `a member of an earlier epoch cannot open what a later one seals`() throws {
        let (first, second) = (GroupKey(epoch: 1), GroupKey(epoch: 2))
        let wrap = try RecordKey().wrapped(to: second.publicKey, context: context)
        #expect(throws: SealingFault.notForThisKey) {
            try RecordKey.unwrap(wrap, with: first.privateKey, context: context)
        }
    }

    @Test func `digests are equal within a record and differ between records`() {
        let (one, other) = (RecordKey(), RecordKey())
        let content = Vector.pattern(1_000)
        var pieces = one.digester()
        for start in stride(from: 0, to: 1_000, by: 300) { pieces.update(content.dropFirst(start).prefix(300)) }
        #expect(one.digest(content) == pieces.value)
        #expect(one.digest(content) != other.digest(content))
        #expect(one.digest(content).count == 32)
    }

    @Test func `tokens are equal for equal values, labels and keys only`() throws {
        let key = TokenKey()
        let (label, other) = (Label("strongroom/search/v1"), Label("strongroom/guard/v1"))
        let token = key.token(Data("smith".utf8), label: label)
        #expect(token.count == 32)
        #expect(try TokenKey(bytes: key.bytes).token(Data("smith".utf8), label: label) == token)
        #expect(key.token(Data("smyth".utf8), label: label) != token)
        #expect(key.token(Data("smith".utf8), label: other) != token)
        #expect(TokenKey().token(Data("smith".utf8), label: label) != token)
        #expect(throws: SealingFault.self) { try TokenKey(bytes: Data(count: 16)) }
    }

    @Test func `a secret box needs a key of 32 bytes`() {
        #expect(throws: SealingFault.self) {
            try SecretBox.seal(Data(), key: Data(count: 16), label: Label("strongroom/test/v1"), context: Data())
        }
    }

    @Test func `the system's randomness gives what was asked for`() {
        for count in [0, 1, 7, 8, 9, 32, 1_000] { #expect(SystemRandom().bytes(count).count == count) }
        #expect(SystemRandom().bytes(32) != SystemRandom().bytes(32))
    }
}
