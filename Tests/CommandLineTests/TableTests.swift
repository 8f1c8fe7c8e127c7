import CommandLine
import Testing

@Suite struct TableTests {
    @Test func `columns are as wide as their widest cell and nothing trails`() {
        let table = Table("name", "roles", "", rows: [["asha", "auditor", ""], ["b", "", "left"]])
        #expect(table.text() == "name  roles\nasha  auditor\nb              left")
    }

    @Test func `a table without rows says so in a line`() {
        #expect(Table("name", rows: []).text(none: "nobody") == "nobody")
    }

    @Test func `the heading alone is emphasised, and only on request`() {
        let table = Table("name", rows: [["asha"]])
        #expect(table.text(styled: true) == "\u{1B}[1mname\u{1B}[0m\nasha")
    }

    @Test func `nothing in a cell reaches the terminal as a command`() {
        let table = Table("name", rows: [["a\u{1B}[2Jb\nc\u{202E}d"]])
        #expect(table.text() == "name\na\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d")
    }

    @Test func `joiners of names and emoji stay`() {
        #expect(Table("x", rows: [["👩‍👧"]]).text() == "x\n👩‍👧")
    }

    @Test func `a card leaves out what has no value and indents further lines`() {
        let card = Card([("stage", "open"), ("until", nil), ("members", "a\nb")])
        #expect(card.text == "stage:   open\nmembers: a\n         b")
    }
}
