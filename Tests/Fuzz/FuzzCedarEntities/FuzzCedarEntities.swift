import CFuzzMain
import Cedar
import FuzzCedar

/// Any bytes read as the JSON form of entities, and of a request, by a schema and by none.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let entities = try? Entities(json: bytes) { exercise(entities) }
    if let entities = try? Entities(json: bytes, schema: World.schema) { exercise(entities) }
    for request in [try? Request(json: bytes), try? Request(json: bytes, schema: World.schema)] {
        if let request { decide(request, World.policies, World.entities) }
    }
    return 0
}
