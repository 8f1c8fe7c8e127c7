import CFuzzMain
import Cedar
import FuzzCedar

/// Any bytes read as the JSON form of policies.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    if let policies = try? PolicySet(est: Array(UnsafeBufferPointer(start: start, count: count))) {
        exercise(policies)
    }
    return 0
}
