import Cedar
import Testing

/// Where other implementations of Cedar were found to differ from the language, one test each.
@Suite struct PeerTests {
    let world: World
    let head = "permit(principal,action,resource)"

    init() throws { world = try World() }

    @Test func `an annotation needs no value`() { #expect(faultOfParsing("@x \(head);") == nil) }

    @Test func `more than four signs are refused`() {
        #expect(world.outcome(of: "!!!!true") == .true)
        #expect(world.outcome(of: "!!!!!true") == .refused)
        #expect(world.outcome(of: "----1 == 1") == .true)
        #expect(world.outcome(of: "-----1 == 1") == .refused)
    }

    @Test func `signs do not mix`() {
        #expect(world.outcome(of: "!-1") == .refused)
        #expect(world.outcome(of: "-!true") == .refused)
    }

    @Test func `an underscore may stand in a scalar's escape`() {
        #expect(world.outcome(of: #""\u{4_1}" == "A""#) == .true)
        #expect(world.outcome(of: #""\u{_41}" == "A""#) == .refused)
    }

    @Test func `an address has no zone`() { #expect(world.outcome(of: #"ip("::1%eth0").isIpv6()"#) == .error) }

    @Test func `a decimal has no plus`() {
        #expect(world.outcome(of: #"decimal("+1.0") == decimal("1.0")"#) == .error)
    }

    @Test func `date and time before 1970 go by the midnight before`() {
        #expect(world.outcome(of: #"datetime("1969-12-31T23:00:00Z").toDate() == datetime("1969-12-31")"#) == .true)
        #expect(world.outcome(of: #"datetime("1969-12-31T23:00:00Z").toTime() == duration("23h")"#) == .true)
    }

    @Test func `the least span can be written`() {
        #expect(world.outcome(of: #"duration("-9223372036854775808ms") < duration("0ms")"#) == .true)
    }

    @Test func `a raw line feed stands in a text and a bare carriage return does not`() {
        #expect(world.outcome(of: "\"a\nb\" == \"a\\nb\"") == .true)
        #expect(world.outcome(of: "\"a\rb\" == \"a\\rb\"") == .refused)
    }

    @Test func `has takes a path`() {
        #expect(world.outcome(of: "principal has home.postcode.area") == .true)
        #expect(world.outcome(of: "principal has home.postcode.sector") == .false)
    }

    @Test func `a record's names are each written once`() {
        #expect(world.outcome(of: "{a: 1, a: 1} == {a: 1}") == .refused)
        #expect(world.outcome(of: "{a: 1, \"a\": 1} == {a: 1}") == .refused)
    }

    @Test func `a byte's escape ends at 7F`() {
        #expect(world.outcome(of: #""\xff" == """#) == .refused)
        #expect(world.outcome(of: #""\x7f" == "\u{7f}""#) == .true)
    }

    @Test func `the language's own namespace is reserved`() {
        #expect(world.outcome(of: #"__cedar::"a" == principal"#) == .refused)
        #expect(world.outcome(of: #"A::__cedar::B::"a" == principal"#) == .refused)
    }

    @Test func `a method is no function and a function no method`() {
        #expect(world.outcome(of: #"isIpv4(ip("10.0.0.1"))"#) == .refused)
        #expect(world.outcome(of: #"ip("10.0.0.1").ip().isIpv4()"#) == .refused)
    }

    @Test func `the variables' names are free as attribute names`() {
        #expect(world.outcome(of: "{principal: 1}.principal == 1") == .true)
    }

    @Test func `an id annotation does not name a policy`() throws {
        #expect(try world.decide("@id(\"mine\") \(head);").reasons == ["policy0"])
    }
}
