import CFuzzMain
import Cedar
import FuzzCedar

/// Any text read as a schema in either format.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let text = String(decoding: bytes, as: UTF8.self)
    do {
        exercise(try Schema(parsing: text))
    } catch {
        expectPlace(of: error, in: text)
    }
    if let schema = try? Schema(json: bytes) { exercise(schema) }
    return 0
}
