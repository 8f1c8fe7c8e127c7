import CFuzzMain
import Cedar
import FuzzCedar

/// Any text read as policies.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    do {
        exercise(try PolicySet(parsing: text))
    } catch {
        expectPlace(of: error, in: text)
    }
    return 0
}
