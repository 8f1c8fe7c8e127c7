import Cedar
import Testing

@Suite struct ParseFaultTests {
    @Test(arguments: [
        ("permit(principal,action,resource)", "1:34: expected `;`, found the end"),
        ("permit(principal,action);", "1:24: expected `,`, found `)`"),
        ("permit(resource,action,principal);", "1:8: expected `principal`, found `resource`"),
        ("allow(principal,action,resource);", "1:1: expected `permit` or `forbid`, found `allow`"),
        ("permit(principal,action,resource)\nwhen {\n  1 +\n};", "4:1: expected an expression, found `}`"),
        ("permit(principal,action,resource) when {};", "1:41: expected a condition, found `}`"),
        ("permit(principal,action,resource) where {true};", "1:35: expected `when`, `unless` or `;`, found `where`"),
        ("permit(principal,action,resource) when { 1 < 2 < 3 };", "1:48: relations do not chain; use parentheses"),
        (
            "permit(principal,action,resource) when { user == 1 };",
            "1:42: `user` is no variable: there are principal, action, resource and context"
        ),
        ("permit(principal,action,resource) when { principal.foo() };", "1:52: `foo` is no method"),
        ("permit(principal,action,resource) when { [1].contains() };", "1:46: `contains` takes 1 values, not 0"),
        (
            "permit(principal,action,resource) when { \"é\" == \"\\q\" };",
            "1:50: this is no escape: `\\` stands before n, r, t, 0, x, u, \\, ' and \" only"
        ),
        ("permit(principal,action,resource) when { \"open };", "1:42: this text has no closing quote"),
        ("permit(principal,action,resource) when { 9223372036854775808 == 1 };", "1:42: this number is too large"),
        ("permit(principal,action,resource) when { {a: 1, a: 2} == 1 };", "1:49: this attribute stands twice"),
        (
            "permit(principal,action == User::\"a\",resource);",
            "1:28: the action must be of a type `Action`, not `User`"
        ),
        ("@a @a permit(principal,action,resource);", "1:4: the annotation `@a` stands twice"),
        ("permit(principal,action,resource) when { principal.in };", "1:52: `in` is reserved"),
        ("permit(principal,action,resource) when { 4 / 2 == 2 };", "1:44: Cedar has no division"),
        ("permit(principal,action,resource) when { !!!!!true };", "1:46: `!` may stand at most four times"),
        ("permit(principal,action,resource) when { # };", "1:42: `#` begins no token"),
    ])
    func `a fault says what is wrong, and where`(text: String, description: String) throws {
        #expect(faultOfParsing(text)?.description == description)
    }

    @Test func `columns count scalars, and lines end at a line feed`() throws {
        let text = "// caf\u{e9} e\u{301}\r\n// \u{1F600}\r\n/**/ permit"
        #expect(faultOfParsing(text)?.description == "3:1: expected `permit` or `forbid`, found `/`")
        #expect(faultOfParsing("@a(\"\u{1F600}e\u{301}\") x")?.column == 11)
    }

    @Test func `a fault in a named file names it`() throws {
        let fault = #expect(throws: ParseFault.self) {
            try PolicySet(files: [("a.cedar", ""), ("b.cedar", "\npermit")])
        }
        #expect(fault?.description == "b.cedar:2:7: expected `(`, found the end")
    }

    @Test func `what is missing at the end is missed behind the last word`() throws {
        #expect(faultOfParsing("permit(principal, action, resource)\n\n// and so on\n")?.line == 1)
        #expect(faultOfParsing("permit(principal, action, resource)\n\n// and so on\n")?.column == 36)
    }

    @Test(arguments: [
        ("permit", "1 | permit\n  |       ^"),
        ("\n\tpermit(\tprincipal\t x", "2 |  permit( principal  x\n  |                     ^"),
        ("a\r\nb", "1 | a\n  | ^"),
        ("permit(principal,\r\nresource)\r\n;", "2 | resource)\n  | ^"),
        ("/*\u{1B}[31m\u{202E}e\u{301}*/", "1 | /*\\u{1b}[31m\\u{202e}e\\u{301}*/\n  |   ^"),
        ("@a(\"e\u{301}\u{1F600}\") x", "1 | @a(\"e\\u{301}\u{1F600}\") x\n  |                 ^"),
        (String(repeating: "\n", count: 99) + "x", "100 | x\n    | ^"),
        ("@", "1 | @\n  |  ^"),
    ])
    func `a fault shows its line and a caret below the place`(text: String, snippet: String) {
        #expect(faultOfParsing(text)?.snippet == snippet)
    }

    @Test func `of a long line the part around the place is shown`() throws {
        let blank = String(repeating: " ", count: 5_000)
        let fault = try #require(faultOfParsing("permit\(blank)x\(blank)"))
        let line = "1 | …" + String(repeating: " ", count: 60) + "x" + String(repeating: " ", count: 39) + "…"
        #expect(fault.snippet == "\(line)\n  |  " + String(repeating: " ", count: 60) + "^")
        #expect(fault.column == 5_007)
    }

    @Test func `the description is one line, the explanation shows the place below it`() throws {
        let fault = #expect(throws: ParseFault.self) { try PolicySet(files: [("b.cedar", "\npermit (\n)")]) }
        #expect(fault?.description == "b.cedar:3:1: expected `principal`, found `)`")
        #expect(fault?.explanation == "b.cedar:3:1: expected `principal`, found `)`\n3 | )\n  | ^")
        let bare = ParseFault(line: 1, column: 2, message: "no")
        #expect(bare.snippet == nil)
        #expect(bare.explanation == bare.description)
    }
}
