#include "internal.h"

#include <openssl/crypto.h>
#include <sys/mman.h>
#include <unistd.h>

// The address sanitiser watches what malloc gives and knows nothing of mapped memory: it has to be told that what lies
// behind the bytes asked for is nobody's, and before the mapping goes that this is over.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#endif
#endif
#ifndef ASAN_POISON_MEMORY_REGION
#define ASAN_POISON_MEMORY_REGION(start, count) ((void)(start), (void)(count))
#define ASAN_UNPOISON_MEMORY_REGION(start, count) ((void)(start), (void)(count))
#endif

// Whole pages of their own: a lock and an advice hold for pages, and a neighbour's munlock must not undo ours.
static size_t locked_size(size_t count) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return (count + page - 1) / page * page;
}

SHARED void *locked_new(size_t count) {
    size_t size = locked_size(count);
    void *memory = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return 0;
    if (mlock(memory, size) != 0 || madvise(memory, size, MADV_DONTDUMP) != 0) {
        munmap(memory, size);
        return 0;
    }
    ASAN_POISON_MEMORY_REGION((char *)memory + count, size - count);
    return memory;
}

SHARED void locked_free(void *memory, size_t count) {
    if (!memory) return;
    OPENSSL_cleanse(memory, count);
    ASAN_UNPOISON_MEMORY_REGION(memory, locked_size(count));
    munmap(memory, locked_size(count));
}
