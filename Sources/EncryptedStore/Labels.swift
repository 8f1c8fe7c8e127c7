/// The strings and numbers that stand in stored files, spelt once.
enum Labels {
    /// `application_id` in the header of every store: the ASCII bytes of "Strm".
    static let applicationID: Int32 = 0x5374_726D

    static let keyringFormat = "strongroom-store-keyring"
    static let keyringVersion = 1
}
