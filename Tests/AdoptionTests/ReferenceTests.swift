import Adoption
import Testing

struct ReferenceTests {
    private let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    private func randomPIN() -> PIN { PIN(random: (0..<16).map { _ in UInt8.random(in: 0...255) }) }

    @Test func `a new reference reads back as itself`() throws {
        for _ in 0..<1_000 {
            let pin = randomPIN()
            #expect(PIN(pin.description) == pin)
            #expect(PIN(typed: pin.description.lowercased().replacing("-", with: " ")) == pin)
            #expect(PIN(typed: pin.description.replacing("1", with: "l").replacing("0", with: "o")) == pin)
        }
    }

    @Test func `a single wrong character is always noticed`() {
        for _ in 0..<50 {
            let text = Array(randomPIN().description)
            for position in 3..<text.count where text[position] != "-" {
                for letter in letters where letter != text[position] {
                    var wrong = text
                    wrong[position] = letter
                    #expect(PIN(typed: String(wrong)) == nil)
                }
            }
        }
    }

    @Test func `an exchange of two characters is always noticed`() {
        for _ in 0..<200 {
            let text = Array(randomPIN().description)
            for one in 3..<text.count {
                for other in 3..<text.count where text[one] != "-" && text[other] != "-" && text[one] != text[other] {
                    var wrong = text
                    wrong.swapAt(one, other)
                    #expect(PIN(typed: String(wrong)) == nil)
                }
            }
        }
    }

    @Test func `a reference of one series is none of another`() {
        for _ in 0..<1_000 {
            let body = randomPIN().description.dropFirst(2)
            #expect(CareReference(typed: "C" + body) == nil)
            #expect(ReturnReference(typed: "R" + body) == nil)
        }
    }

    @Test func `every random bit counts`() {
        let zero = PIN(random: [UInt8](repeating: 0, count: 16))
        for position in 0..<15 {
            var bytes = [UInt8](repeating: 0, count: 16)
            bytes[position] = 1
            #expect(PIN(random: bytes) != zero)
        }
    }

    @Test func `the written form is read exactly, and nothing else is`() {
        let pin = randomPIN()
        #expect(PIN(pin.description.lowercased()) == nil)
        #expect(PIN(" " + pin.description) == nil)
    }

    @Test func `a reference's group never reads as a word`() {
        for _ in 0..<1_000 {
            let groups = randomPIN().description.split(separator: "-").dropFirst()
            #expect(groups.count == 4)
            #expect(groups.allSatisfy { $0.count == 4 && "23456789".contains(Array($0)[1]) })
        }
    }
}
