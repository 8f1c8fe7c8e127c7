import Sealing

/// What was read, or nothing if the room said with a fault of its own that it cannot be. Any other error is a defect.
public func reading<Value>(_ body: () throws -> Value) -> Value? {
    do {
        return try body()
    } catch is SealingFault {
        return nil
    } catch {
        fatalError("not a fault of the room's: \(error)")
    }
}
