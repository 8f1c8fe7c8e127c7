import Foundation
import Sealing
import Testing

@Suite struct RecoveryShareTests {
    let secret = SeededRandom("secret").bytes(32)

    @Test func `any threshold of shares restores and no fewer do`() throws {
        let shares = try RecoveryShares.split(secret, threshold: 3, count: 5)
        for first in 0..<5 {
            for second in first + 1..<5 {
                #expect(throws: SealingFault.tooFewShares(needed: 3, have: 2)) {
                    try RecoveryShares.combine([shares[first], shares[second]])
                }
                for third in second + 1..<5 {
                    let chosen = [shares[third], shares[first], shares[second]]
                    #expect(try RecoveryShares.combine(chosen) == secret)
                }
            }
        }
        #expect(try RecoveryShares.combine(shares) == secret)
        #expect(throws: SealingFault.tooFewShares(needed: 2, have: 0)) { try RecoveryShares.combine([]) }
    }

    @Test(arguments: [(2, 2), (2, 32), (32, 32), (7, 9)])
    func `the extremes of k and n work`(threshold: Int, count: Int) throws {
        let shares = try RecoveryShares.split(secret, threshold: threshold, count: count)
        #expect(shares.map(\.index) == Array(1...count))
        #expect(try RecoveryShares.combine(Array(shares.suffix(threshold))) == secret)
    }

    @Test(arguments: [(0, 0), (1, 1), (1, 3), (3, 2), (2, 33), (33, 33), (-1, 5)])
    func `a threshold without sense is refused`(threshold: Int, count: Int) {
        #expect(throws: SealingFault.self) { try RecoveryShares.split(secret, threshold: threshold, count: count) }
    }

    @Test func `every share of one split looks like noise`() throws {
        let shares = try RecoveryShares.split(Data(count: 32), threshold: 2, count: 3)
        #expect(Set(shares.map(\.value)).count == 3)
        #expect(shares.allSatisfy { share in Set(share.value).count > 8 })
    }

    @Test func `a page comes back`() throws {
        for share in try RecoveryShares.split(secret, threshold: 2, count: 3) {
            #expect(try RecoveryShare(page: share.page) == share)
            #expect(share.page.contains(share.setName))
        }
    }

    @Test func `every single wrong letter is located`() throws {
        let page = try RecoveryShares.split(secret, threshold: 2, count: 2, random: SeededRandom("page"))[0].page
        for number in 1...5 {
            let line = page.line(number)
            for place in line.indices where line[place] != " " {
                let offset = line.distance(from: line.startIndex, to: place)
                let wrong = page.editingLine(number) { $0.exchanging(at: offset) }
                #expect(throws: SealingFault.shareDamaged(line: number)) { try RecoveryShare(page: wrong) }
            }
        }
    }

    @Test func `every two neighbours exchanged are located`() throws {
        let page = try RecoveryShares.split(secret, threshold: 2, count: 2, random: SeededRandom("page"))[1].page
        for number in 1...5 {
            let letters = Array(page.line(number).filter { $0 != " " })
            for place in 0..<15 where letters[place] != letters[place + 1] {
                var exchanged = letters
                exchanged.swapAt(place, place + 1)
                let wrong = page.editingLine(number) { _ in String(exchanged) }
                #expect(throws: SealingFault.shareDamaged(line: number)) { try RecoveryShare(page: wrong) }
            }
        }
    }

    @Test func `the five lines alone are enough, numbered as one likes`() throws {
        let share = try RecoveryShares.split(secret, threshold: 2, count: 2)[0]
        let lines = (1...5).map { "\($0).\t\(share.page.line($0))" }.joined(separator: "\r\n")
        #expect(try RecoveryShare(page: lines) == share)
    }

    @Test func `a typed page names a wrong line at once and wants only that line again`() throws {
        let share = try RecoveryShares.split(secret, threshold: 2, count: 2, random: SeededRandom("page"))[0]
        var typed = TypedSharePage()
        for number in 1...5 {
            #expect(typed.next == number)
            let line = share.page.line(number)
            for wrong in [line.exchanging(at: 3), String(line.dropLast()), line + "7", "", "\(number % 5 + 1) \(line)"]
            {
                #expect(throws: SealingFault.shareDamaged(line: number)) { try typed.take(wrong) }
                #expect(throws: SealingFault.shareDamaged(line: number)) { _ = try typed.share() }
            }
            // With its number or without, in small letters and other groups.
            try typed.take(
                number.isMultiple(of: 2) ? "\(number). \(line)" : line.lowercased().filter { $0 != " " })
        }
        #expect(typed.next == nil)
        #expect(try typed.share() == share)
        #expect(throws: SealingFault.self) { try typed.take(share.page.line(5)) }
    }

    @Test func `a line that begins with its own number's figure loses nothing`() throws {
        var tried = 0
        for seed in 0..<64 {
            let share = try RecoveryShares.split(
                secret, threshold: 2, count: 2, random: SeededRandom("figure \(seed)"))[0]
            let lines = (1...5).map { share.page.line($0).filter { $0 != " " } }
            tried += zip(1..., lines).count { $1.hasPrefix("\($0)") }
            var typed = TypedSharePage()
            for line in lines { try typed.take(line) }
            #expect(try typed.share() == share)
        }
        #expect(tried > 0)
    }

    @Test func `a share is known again by its commitment, and no other share is`() throws {
        let shares = try RecoveryShares.split(secret, threshold: 2, count: 5)
        let again = try RecoveryShares.split(secret, threshold: 2, count: 5)
        #expect(Set((shares + again).map(\.commitment)).count == 10)
        #expect(try RecoveryShare(page: shares[1].page).commitment == shares[1].commitment)
    }

    @Test func `an empty page says which line is missing first`() {
        #expect(throws: SealingFault.shareDamaged(line: 1)) { try RecoveryShare(page: "") }
    }
}
