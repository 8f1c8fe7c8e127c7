/// Every spelling that stands in a file or under a signature. A change here is a new format.
enum Labels {
    /// Opens a signature line: U+2014 and a space (C2SP signed-note).
    static let signatureMark = "\u{2014} "
    /// Signature type of a plain Ed25519 note signature (C2SP signed-note).
    static let ed25519: UInt8 = 0x01
    /// The signed head of the log, in the export's directory (C2SP tlog-tiles).
    static let checkpointFile = "checkpoint"
    /// Tiles and entry bundles lie below this (C2SP tlog-tiles).
    static let tileDirectory = "tile"
    /// In place of a level's number: the entries themselves.
    static let entriesDirectory = "entries"
    /// Files being written. No part of the format: what a crash left here is removed by the next export.
    static let writingDirectory = ".writing"
}
