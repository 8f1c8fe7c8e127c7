/// Lets a process keep the memory of one chunk for the next.
enum ChunkMemory {
    /// To be touched before the first chunk.
    ///
    /// glibc gives the end of its heap back to the kernel whenever 128 KiB of it are free, and a chunk with its copies is
    /// just more than that: having it anew for each chunk costs more than sealing does. Both of its limits rise to the
    /// largest block that was ever given back (mallopt(3), M_MMAP_THRESHOLD), so one is, untouched.
    static let isKept: Bool = {
        // Not malloc and free, which the compiler would see through and leave out.
        UnsafeMutableRawPointer.allocate(byteCount: 4 << 20, alignment: 16).deallocate()
        return true
    }()
}
