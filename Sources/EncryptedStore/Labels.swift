/// The strings and numbers that stand in stored files, spelt once.
enum Labels {
    /// `application_id` in the header of every store: the ASCII bytes of "Strm".
    static let applicationID: Int32 = 0x5374_726D

    /// SQLite's own disk layer that lets one process own a file and keeps the shared memory off the disk.
    static let ownedDisk = "unix-excl"

    static let keyringFormat = "strongroom-store-keyring"
    static let keyringVersion = 1
}
