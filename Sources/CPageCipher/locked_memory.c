#include "internal.h"

#include <openssl/crypto.h>
#include <sys/mman.h>
#include <unistd.h>

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
    return memory;
}

SHARED void locked_free(void *memory, size_t count) {
    if (!memory) return;
    OPENSSL_cleanse(memory, count);
    munmap(memory, locked_size(count));
}
