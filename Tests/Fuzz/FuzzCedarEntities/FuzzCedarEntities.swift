import CFuzzMain
import Cedar
import FuzzCedar

/// Any bytes read as the JSON form of entities, and of a request.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let entities = try? Entities(json: bytes) { exercise(entities) }
    if let request = try? Request(json: bytes) {
        _ = Authorizer.isAuthorized(request, policies: World.policies, entities: World.entities)
    }
    return 0
}
