import Cedar
import Testing

/// What one-line vectors cannot hold: blanks, line ends, and identity by bytes through the API.
@Suite struct TextTests {
    let head = "permit(principal,action,resource)"

    @Test(arguments: ["\u{a0}", "\u{2028}", "\u{3000}", "\u{b}", "\u{c}", "\u{85}", "\u{1680}", "\r", "\r\n"])
    func `every Unicode blank separates tokens`(blank: String) throws {
        #expect(faultOfParsing("\(blank)permit\(blank)(principal,action,resource)\(blank);") == nil)
    }

    @Test(arguments: ["\u{feff}", "\u{200b}", "\u{180e}", "\u{0}", "\u{2060}"])
    func `what is not a Unicode blank is refused`(mark: String) throws {
        #expect(faultOfParsing("\(mark)\(head);") != nil)
    }

    @Test func `a comment ends at a carriage return or a line feed and nowhere else`() throws {
        #expect(try PolicySet(parsing: "// x\r\(head);").policies.count == 1)
        #expect(try PolicySet(parsing: "// x\n\(head);").policies.count == 1)
        #expect(try PolicySet(parsing: "// x\u{2028}\(head);").policies.isEmpty)
        #expect(try PolicySet(parsing: "\(head);//").policies.count == 1)
    }

    @Test func `a raw line feed may stand in a text, a raw carriage return may not`() throws {
        #expect(faultOfParsing("\(head) when {\"a\nb\" == \"a\\nb\"};") == nil)
        #expect(faultOfParsing("\(head) when {\"a\rb\" == \"\"};") != nil)
        #expect(faultOfParsing("\(head) when {\"a\r\nb\" == \"\"};") != nil)
        #expect(faultOfParsing("\(head) when {\"a\\\nb\" == \"\"};") != nil)
        #expect(faultOfParsing("\(head) when {\"a\\\rb\" == \"\"};") != nil)
    }

    @Test func `canonically equal texts are different texts`() {
        let one = "\u{e9}"
        let two = "e\u{301}"
        #expect(one == two, "Swift holds them equal, which is the trap")
        #expect(CedarString(one) != CedarString(two))
        #expect(EntityUID(type: "U", id: one) != EntityUID(type: "U", id: two))
        #expect(Set([EntityUID(type: "U", id: one), EntityUID(type: "U", id: two)]).count == 2)
        #expect(CedarSet([.string(CedarString(one)), .string(CedarString(two))]).count == 2)
        #expect(CedarRecord([CedarString(one): 1, CedarString(two): 2]).count == 2)
    }

    @Test func `a name's two parts cannot lend each other bytes`() {
        #expect(EntityUID(type: "A", id: "Bc") != EntityUID(type: "AB", id: "c"))
        #expect(EntityUID(type: "N::U", id: "a") != EntityUID(type: "U", id: "a"))
    }

    @Test(arguments: [
        "", "plain", "qu\"ote", "back\\slash", "line\r\n\t\0", "e\u{301}", "\u{301}", "\u{200b}", "\u{1F600}",
    ])
    func `an entity's written form is read back as the same entity`(id: String) throws {
        let uid = EntityUID(type: "Office::Staff", id: id)
        #expect(try EntityUID(parsing: uid.description) == uid)
    }

    @Test(arguments: ["", "Staff", "Staff::", "\"a\"", "Staff::a", "Staff::\"a\"x", "in::\"a\"", "Staff::\"a\"::\"b\""])
    func `what is no written entity is refused`(text: String) {
        #expect(throws: ParseFault.self) { try EntityUID(parsing: text) }
    }
}
