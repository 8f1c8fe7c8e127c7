/// A value while policies are evaluated: its kind, and 64 bits that are the value or the address of what holds it.
///
/// A ``Value`` owns what it refers to; to copy one counts a reference up and down again, which would be most of the time
/// a decision takes. A word owns nothing. Requires: whatever it refers to lives at least as long. While a request is
/// decided that is so: the request, the entities and the policies are held by the caller, and what a policy computes is
/// held by the ``Machine`` until the decision is made.
struct Word {
    enum Kind: UInt8 {
        case bool, long, string, entity, set, record, decimal, address, datetime, duration
    }

    let kind: Kind
    let bits: UInt64

    private init(_ kind: Kind, _ bits: UInt64) {
        self.kind = kind
        self.bits = bits
    }

    private init(_ kind: Kind, _ storage: AnyObject) {
        self.kind = kind
        bits = UInt64(UInt(bitPattern: Unmanaged.passUnretained(storage).toOpaque()))
    }

    static func bool(_ value: Bool) -> Word { Word(.bool, value ? 1 : 0) }
    static func long(_ value: Int64) -> Word { Word(.long, UInt64(bitPattern: value)) }
    static func string(_ storage: CedarString.Storage) -> Word { Word(.string, storage) }
    static func entity(_ storage: EntityUID.Storage) -> Word { Word(.entity, storage) }
    static func set(_ storage: CedarSet.Storage) -> Word { Word(.set, storage) }
    static func record(_ storage: CedarRecord.Storage) -> Word { Word(.record, storage) }

    /// A view of a value, which must outlive it.
    init(_ value: Value) {
        switch value {
        case .bool(let bool): self = .bool(bool)
        case .long(let long): self = .long(long)
        case .string(let string): self = .string(string.storage)
        case .entity(let uid): self = .entity(uid.storage)
        case .set(let set): self = .set(set.storage)
        case .record(let record): self = .record(record.storage)
        case .decimal(let decimal): self.init(.decimal, UInt64(bitPattern: decimal.tenThousandths))
        case .address(let address): self.init(.address, address.storage)
        case .datetime(let instant): self.init(.datetime, UInt64(bitPattern: instant.milliseconds))
        case .duration(let span): self.init(.duration, UInt64(bitPattern: span.milliseconds))
        }
    }

    static func datetime(_ value: CedarDateTime) -> Word { Word(.datetime, UInt64(bitPattern: value.milliseconds)) }
    static func duration(_ value: CedarDuration) -> Word { Word(.duration, UInt64(bitPattern: value.milliseconds)) }

    // What the bits are, for a word whose kind has been looked at.

    var bool: Bool { bits != 0 }
    var long: Int64 { Int64(bitPattern: bits) }
    var string: Unmanaged<CedarString.Storage> { reference() }
    var entity: Unmanaged<EntityUID.Storage> { reference() }
    var set: Unmanaged<CedarSet.Storage> { reference() }
    var record: Unmanaged<CedarRecord.Storage> { reference() }
    var address: Unmanaged<CedarAddress.Storage> { reference() }

    private func reference<Storage: AnyObject>() -> Unmanaged<Storage> {
        unsafeBitCast(UInt(truncatingIfNeeded: bits), to: Unmanaged<Storage>.self)
    }
}

extension Word {
    /// Cedar's `==`: never an error, and false between kinds.
    ///
    /// Recursion is as deep as the values nest, which the readers bound.
    static func == (left: Word, right: Word) -> Bool {
        guard left.kind == right.kind else { return false }
        if left.bits == right.bits { return true }
        switch left.kind {
        case .bool, .long, .decimal, .datetime, .duration: return false
        case .string:
            return left.string._withUnsafeGuaranteedRef { mine in
                right.string._withUnsafeGuaranteedRef { mine.hasSameBytes(as: $0) }
            }
        case .entity:
            return left.entity._withUnsafeGuaranteedRef { mine in
                right.entity._withUnsafeGuaranteedRef { mine.isSame(as: $0) }
            }
        case .set:
            return left.set._withUnsafeGuaranteedRef { mine in
                right.set._withUnsafeGuaranteedRef { mine.isSame(as: $0) }
            }
        case .record:
            return left.record._withUnsafeGuaranteedRef { mine in
                right.record._withUnsafeGuaranteedRef { mine.isSame(as: $0) }
            }
        case .address:
            return left.address._withUnsafeGuaranteedRef { mine in
                right.address._withUnsafeGuaranteedRef { mine.isSame(as: $0) }
            }
        }
    }

    /// The same for equal words; keyed anew in every process.
    var hash: Int {
        switch kind {
        case .bool, .long, .decimal, .datetime, .duration:
            var hasher = Hasher()
            hasher.combine(kind.rawValue)
            hasher.combine(bits)
            return hasher.finalize()
        case .string: return string._withUnsafeGuaranteedRef { $0.hash }
        case .entity: return entity._withUnsafeGuaranteedRef { $0.hash }
        case .set: return set._withUnsafeGuaranteedRef { $0.hash }
        case .record: return record._withUnsafeGuaranteedRef { $0.hash }
        case .address: return address._withUnsafeGuaranteedRef { $0.hash }
        }
    }

    /// The type's name as Cedar's documentation spells it, for messages.
    var typeName: String {
        switch kind {
        case .bool: "bool"
        case .long: "long"
        case .string: "string"
        case .entity: "entity"
        case .set: "set"
        case .record: "record"
        case .decimal: "decimal"
        case .address: "ipaddr"
        case .datetime: "datetime"
        case .duration: "duration"
        }
    }
}

extension Value {
    /// The value of a word, owning what it refers to.
    init(_ word: Word) {
        switch word.kind {
        case .bool: self = .bool(word.bool)
        case .long: self = .long(word.long)
        case .string: self = .string(CedarString(storage: word.string.takeUnretainedValue()))
        case .entity: self = .entity(EntityUID(storage: word.entity.takeUnretainedValue()))
        case .set: self = .set(CedarSet(storage: word.set.takeUnretainedValue()))
        case .record: self = .record(CedarRecord(storage: word.record.takeUnretainedValue()))
        case .decimal: self = .decimal(CedarDecimal(tenThousandths: word.long))
        case .address: self = .address(CedarAddress(storage: word.address.takeUnretainedValue()))
        case .datetime: self = .datetime(CedarDateTime(milliseconds: word.long))
        case .duration: self = .duration(CedarDuration(milliseconds: word.long))
        }
    }
}
