import Cedar
import Foundation
import Testing

@Suite struct VectorTests {
    @Test func `every expression of the vectors comes out as the reference engine has it`() throws {
        let world = try World()
        var count = 0
        for url in try Vector.all(in: "expressions", extension: "txt") {
            let vector = try Vector(url)
            for line in vector.cases {
                let expected = try #require(
                    World.Outcome(rawValue: String(line.expectation)), "\(vector.name):\(line.line)")
                #expect(world.outcome(of: line.text) == expected, "\(vector.name):\(line.line): \(line.text)")
                count += 1
            }
        }
        #expect(count > 900)
    }

    @Test func `every policy of the vectors is accepted or refused as the reference engine has it`() throws {
        for url in try Vector.all(in: "policies", extension: "txt") {
            let vector = try Vector(url)
            for line in vector.cases {
                try #require(["accepted", "refused"].contains(line.expectation), "\(vector.name):\(line.line)")
                let isAccepted = faultOfParsing(String(line.text)) == nil
                #expect(isAccepted == (line.expectation == "accepted"), "\(vector.name):\(line.line): \(line.text)")
            }
        }
    }

    @Test func `entity files of the vectors are good or bad as they are called`() throws {
        let files = try Vector.all(in: "entities", extension: "json")
        #expect(files.count >= 30)
        for url in files {
            let name = url.lastPathComponent
            try #require(name.hasPrefix("good-") || name.hasPrefix("bad-"))
            let entities = try? Entities(json: Vector.bytes("entities/\(name)"))
            #expect((entities != nil) == name.hasPrefix("good-"), "\(name)")
        }
    }
}
