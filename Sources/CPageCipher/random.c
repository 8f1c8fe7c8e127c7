#include "internal.h"

#include <openssl/crypto.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

// Nonces come from a small store of random bytes, because asking the system for each costs a third of sealing a page.
// It is small so that a machine copied while it runs repeats few of them, and it lies in a page that a fork wipes:
// parent and child must never hand out the same nonce.
enum { random_stock = 240 };

struct random_page {
    // Whose the stock is, where the kernel does not wipe the page; 0 where it does.
    pid_t owner;
    size_t left;
    uint8_t bytes[random_stock];
};

static pthread_mutex_t random_guard = PTHREAD_MUTEX_INITIALIZER;
static struct random_page *random_page;
static int random_page_is_wiped;

static int random_from_system(uint8_t *bytes, size_t count) {
    while (count > 0) {
        ssize_t got = getrandom(bytes, count, 0);
        if (got <= 0) return 0;
        bytes += got;
        count -= (size_t)got;
    }
    return 1;
}

static struct random_page *random_make_page(void) {
    struct random_page *page = locked_new(sizeof *page);
    if (page && RULE(forked_nonces)) {
        random_page_is_wiped = madvise(page, (size_t)sysconf(_SC_PAGESIZE), MADV_WIPEONFORK) == 0;
    }
    return page;
}

// Where the kernel does not wipe, the process's number tells. It is not asked for where it does: asking costs half as
// much as the nonce itself.
static pid_t random_owner(void) {
    return random_page_is_wiped || !RULE(forked_nonces) ? 0 : getpid();
}

static int random_from_stock(uint8_t *bytes, size_t count) {
    pid_t owner = random_owner();
    // A wiped page has none left.
    if (random_page->owner != owner || random_page->left < count) {
        random_page->left = 0;
        if (!random_from_system(random_page->bytes, random_stock)) return 0;
        random_page->owner = owner;
        random_page->left = random_stock;
    }
    random_page->left -= count;
    memcpy(bytes, random_page->bytes + random_page->left, count);
    OPENSSL_cleanse(random_page->bytes + random_page->left, count);
    return 1;
}

// A child gets the guard as it was when it was forked; held by another thread, which the child has not, it would stay
// held for ever. So whoever forks holds it meanwhile.
static pthread_once_t random_fork_once = PTHREAD_ONCE_INIT;

static void random_hold(void) {
    pthread_mutex_lock(&random_guard);
}

static void random_let_go(void) {
    pthread_mutex_unlock(&random_guard);
}

static void random_prepare_for_forks(void) {
    pthread_atfork(random_hold, random_let_go, random_let_go);
}

SHARED int random_fill(uint8_t *bytes, size_t count) {
    if (count > random_stock) return random_from_system(bytes, count);
    pthread_once(&random_fork_once, random_prepare_for_forks);
    pthread_mutex_lock(&random_guard);
    if (!random_page) random_page = random_make_page();
    int done = random_page && random_from_stock(bytes, count);
    pthread_mutex_unlock(&random_guard);
    return done;
}

int page_cipher_random(uint8_t *bytes, size_t count) {
    return random_fill(bytes, count);
}
