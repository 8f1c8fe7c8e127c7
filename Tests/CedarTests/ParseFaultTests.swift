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
}
