#include "internal.h"

#include <sys/prctl.h>
#include <sys/resource.h>

// What a process owes its secrets beside the disks.

void *page_cipher_secret_new(size_t count) {
    return locked_new(count);
}

void page_cipher_secret_free(void *secret, size_t count) {
    locked_free(secret, count);
}

int page_cipher_refuse_dumps(void) {
    struct rlimit none = {0, 0};
    int is_limited = setrlimit(RLIMIT_CORE, &none) == 0;
    // A limit of no bytes does not hold for a program that takes dumps through a pipe; this does.
    int is_undumpable = prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
    return is_limited && is_undumpable;
}
