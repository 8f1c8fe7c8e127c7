import Cedar
import Testing

@Suite struct JSONTests {
    private func fault(_ text: String) -> String? {
        do {
            _ = try JSONValue(parsing: Array(text.utf8))
            return nil
        } catch {
            return error.description
        }
    }

    private func entitiesFault(_ text: String) -> String? {
        do {
            _ = try Entities(json: Array(text.utf8))
            return nil
        } catch {
            return error.description
        }
    }

    @Test func `every kind of value is read`() throws {
        let value = try JSONValue(parsing: Array(#" {"a":[null,true,false,-12,"\u00e9\ud83d\ude00\/"],"b":{}} "#.utf8))
        #expect(value["a"]?.array == [.null, .bool(true), .bool(false), .integer(-12), .string("\u{e9}\u{1F600}/")])
        #expect(value["b"] == .object([:]))
    }

    @Test(arguments: [
        ("", "1:1: expected a value"), ("[1,]", "1:4: expected a value"), ("[1", "1:3: expected `,` or `]`"),
        ("{\"a\" 1}", "1:6: expected `:`"), ("{a:1}", "1:2: expected a key"),
        ("{\"a\":1,\n \"a\":2}", "2:2: this key stands twice in one object"),
        ("1.0", "1:1: only whole numbers are numbers here"), ("1e3", "1:1: only whole numbers are numbers here"),
        ("01", "1:1: a number may not begin with 0"), ("-", "1:2: expected a digit"), ("-0", "1:1: zero has no sign"),
        ("9223372036854775808", "1:1: this number does not fit 64 bits"), ("tru", "1:1: expected a value"),
        ("\"\\q\"", "1:2: this is no escape"), ("\"\\ud800\"", "1:2: half of a surrogate pair"),
        ("\"\\udc00\"", "1:2: half of a surrogate pair"), ("\"\\u00g0\"", "1:2: `\\u` takes four hexadecimal digits"),
        ("\"a\nb\"", "1:3: a control character in a text must be escaped"),
        ("\"abc", "1:1: this text has no closing quote"), ("1 2", "1:3: expected the end"),
        ("NaN", "1:1: expected a value"), ("'a'", "1:1: expected a value"), ("// x\n1", "1:1: expected a value"),
    ])
    func `what is not strict JSON is refused, and where`(text: String, description: String) {
        #expect(fault(text) == description)
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]] {
            #expect(throws: JSONFault.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
        }
    }

    @Test(arguments: [
        (#"{}"#, "the document: expected a list, found an object"),
        (#"[{"uid":{"type":"A","id":"x"},"attrs":{}}]"#, "[0]: `parents` is missing"),
        (
            #"[{"uid":{"type":"A","id":"x"},"attrs":{"a":{"b":[null]}},"parents":[]}]"#,
            "[0].attrs.a.b[0]: null is no value of Cedar"
        ),
        (#"[{"uid":{"type":"A B","id":"x"},"attrs":{},"parents":[]}]"#, "[0].uid.type: this is no entity type"),
        (
            #"[{"uid":{"type":"A","id":"x"},"attrs":{},"parents":[{"type":"A","id":"x"}]}]"#,
            "`A::\"x\"` is in itself through its parents"
        ),
    ])
    func `a fault in entities names its place`(text: String, description: String) {
        #expect(entitiesFault(text) == description)
    }

    @Test func `a request is read from names in any written form`() throws {
        let text = """
            {"principal": "Staff::\\"ada\\"", "action": {"type": "Action", "id": "show"},
             "resource": {"__entity": {"type": "Record", "id": "r1"}}, "context": {"on": 1}}
            """
        let request = try Request(json: Array(text.utf8))
        #expect(request.principal == EntityUID(type: "Staff", id: "ada"))
        #expect(request.resource == EntityUID(type: "Record", id: "r1"))
        #expect(request.context == ["on": 1])
    }

    @Test(arguments: [
        #"{"principal":"A::\"a\"","action":"A::\"a\""}"#,
        #"{"principal":"A","action":"A::\"a\"","resource":"A::\"a\""}"#,
        #"{"principal":"A::\"a\"","action":"A::\"a\"","resource":"A::\"a\"","context":[]}"#,
        #"{"principal":"A::\"a\"","action":"A::\"a\"","resource":"A::\"a\"","more":1}"#,
        #"[]"#,
    ])
    func `what is no request is refused`(text: String) {
        #expect(throws: JSONFault.self) { try Request(json: Array(text.utf8)) }
    }
}
