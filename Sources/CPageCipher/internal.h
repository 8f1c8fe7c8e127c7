#ifndef PAGE_CIPHER_INTERNAL_H
#define PAGE_CIPHER_INTERNAL_H

// Strict C11 hides what locks memory and wipes it on a fork.
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif

#include "page_cipher.h"

#include <openssl/evp.h>
#include <sqlite3.h>
#include <stdatomic.h>

// What the files of this target share. A test includes them all in one file to build a copy with rules to switch off;
// then nothing of it may be visible outside.
#ifdef PAGE_CIPHER_ABLATION
#define SHARED static __attribute__((unused))
#define RULE(name) (page_cipher_ablated_rule != page_cipher_rule_##name)
#else
#define SHARED __attribute__((visibility("hidden")))
#define RULE(name) 1
#endif

enum {
    page_size = page_cipher_page_byte_count,
    nonce_size = page_cipher_nonce_byte_count,
    tag_size = page_cipher_tag_byte_count,
    // What SQLite may use of a page; the nonce and the tag lie behind it.
    usable_size = page_size - nonce_size - tag_size,
    identity_size = 16,
    sector_size = 512
};

// SQLite keeps this byte for its locks: the page that holds it is never read or written. SQLite's own tests move it, to
// come by that page in small files.
#ifdef PAGE_CIPHER_MOVED_LOCKS
extern int sqlite3PendingByte;
#define lock_offset sqlite3PendingByte
#else
enum { lock_offset = 0x40000000 };
#endif

static inline uint32_t lock_page(void) {
    return (uint32_t)lock_offset / page_size + 1;
}

// MARK: memory and random numbers

// Memory that is neither swapped nor dumped, or null. It is wiped when it is freed.
SHARED void *locked_new(size_t count);
SHARED void locked_free(void *memory, size_t count);

// Returns 1, or 0 if the system gives none.
SHARED int random_fill(uint8_t *bytes, size_t count);

// MARK: XAES-256-GCM

struct xaes {
    EVP_CIPHER_CTX *block;
    EVP_CIPHER_CTX *seal;
    EVP_CIPHER_CTX *open;
    uint8_t subkey_mask[16];
};

// Each returns 1, or 0 if it failed; opening fails when anything was changed, and then the plain bytes are zeros.
SHARED int xaes_begin(struct xaes *xaes, const uint8_t key[32]);
SHARED void xaes_end(struct xaes *xaes);
SHARED int xaes_seal(
    struct xaes *xaes, const uint8_t nonce[nonce_size], const uint8_t *extra, size_t extra_count, const uint8_t *plain,
    size_t count, uint8_t *sealed, uint8_t tag[tag_size]);
SHARED int xaes_open(
    struct xaes *xaes, const uint8_t nonce[nonce_size], const uint8_t *extra, size_t extra_count,
    const uint8_t *sealed, size_t count, uint8_t *plain, const uint8_t tag[tag_size]);

// MARK: a disk, its stores and their keys

// The keys of one database file and its log and journal, derived from the disk's key and the file's salt.
struct store_keys {
    uint8_t page[32];
    uint8_t frame_header[64];
    uint8_t journal_mask[32];
    uint8_t check[8];
};

// One path that is open on the disk, by however many connections.
struct store {
    struct store *next;
    unsigned references;
    // Changes whenever the identity does; 0 while the file has none.
    atomic_uint generation;
    // Between reading the header of a hot journal and its first record.
    atomic_int begins_rollback;
    uint8_t identity[identity_size];
    struct store_keys *keys;
    char path[];
};

struct cipher_disk {
    sqlite3_vfs vfs;
    sqlite3_vfs *below;
    sqlite3_mutex *guard;
    struct store *stores;
    unsigned open_files;
    unsigned last_generation;
    uint8_t *key;
    struct cipher_disk *next;
};

// The store of that path, or null. Each holder gives it back.
SHARED struct store *store_retain(struct cipher_disk *disk, const char *path, size_t path_count);
SHARED void store_release(struct cipher_disk *disk, struct store *store);

enum identity { identity_ours, identity_absent, identity_foreign, identity_failed };

// Takes the first bytes of the database file for its identity, and says what they are.
SHARED enum identity store_adopt(struct cipher_disk *disk, struct store *store, const uint8_t bytes[identity_size]);

// Gives a new file an identity of its own. Returns 1, or 0 if it failed.
SHARED int store_found(struct cipher_disk *disk, struct store *store);

// Forgets the identity of a file that was emptied.
SHARED void store_forget(struct cipher_disk *disk, struct store *store);

// MARK: sealing one page

// The tools of one open file, made from its store's keys.
struct sealer {
    unsigned generation;
    uint8_t identity[identity_size];
    struct xaes xaes;
    EVP_CIPHER_CTX *header_seal;
    EVP_CIPHER_CTX *header_open;
    EVP_CIPHER_CTX *mask;
};

// Where a page stands; it opens nowhere else.
struct place {
    uint8_t domain;
    uint32_t page;
    uint32_t commit;
    sqlite3_int64 offset;
};

enum { domain_database = 'D', domain_log = 'W', domain_journal = 'J', domain_journal_header = 'H' };

SHARED void sealer_end(struct sealer *sealer);

// Each returns 1, or 0 if it failed. A page that does not open is left all zeros.
SHARED int page_seal(struct sealer *sealer, const struct place *place, const uint8_t *plain, uint8_t *sealed);
SHARED int page_open(struct sealer *sealer, const struct place *place, const uint8_t *sealed, uint8_t *plain);

// Seals bytes that stay readable, so that a change of them is noticed; at most 64. The same two answers.
SHARED int bytes_seal(
    struct sealer *sealer, const struct place *place, const uint8_t *shown, size_t shown_count,
    uint8_t nonce[nonce_size], uint8_t tag[tag_size]);
SHARED int bytes_open(
    struct sealer *sealer, const struct place *place, const uint8_t *shown, size_t shown_count,
    const uint8_t nonce[nonce_size], const uint8_t tag[tag_size]);

// Whether SQLite left the page's reserved bytes alone, and in page 1 says so.
SHARED int page_is_acceptable(const uint8_t *plain, uint32_t page);

// MARK: the files

struct journal_state {
    // The last 4 bytes written, which are the number of the page that follows.
    sqlite3_int64 number_offset;
    uint32_t number;
    // Where the last page's checksum belongs, and what hides it.
    sqlite3_int64 written_checksum_offset, read_checksum_offset;
    uint8_t written_mask[4], read_mask[4];
    sqlite3_int64 header_offset;
    uint8_t header[28];
    // Where what this handle wrote of the transaction under way ends; 0 if it wrote nothing.
    sqlite3_int64 own_end;
    // The number that the segment's header adds to every checksum, and what the page last read adds.
    uint32_t sum_start, sum_of_page;
    int is_unsynced;
    int segment_was_synced;
};

struct log_state {
    // The frame whose header was written or read last, and that header as it is in the file.
    sqlite3_int64 header_offset;
    uint8_t header[24];
    // It was written and its page not yet; it waits for the page and is not in the file.
    int is_new, is_held;
    // Where the next new frame will stand, if that is known.
    sqlite3_int64 next_offset;
};

// Sealed pages that were read before SQLite asked for them.
struct ahead_state {
    uint8_t *bytes;
    sqlite3_int64 offset;
    int count;
    // Where a reader that goes page by page asks next, and how much was read for it last.
    sqlite3_int64 expected;
    int step;
};

// What is known of the database file until a lock changes hands: then somebody else may write it, or has.
struct database_state {
    // The file is at least so long; 0 if nothing is known.
    sqlite3_int64 known_size;
    // While the log is carried over: up to where every page of the file is sealed, how long a page 1 written since
    // declares it, and what forbids to write. Once it is carried over the file is still to be cut to its length.
    enum { checkpoint_none, checkpoint_under_way, checkpoint_done } checkpoint;
    int fault;
    sqlite3_int64 sound_end, declared_size;
    struct ahead_state ahead;
};

struct temporary_state {
    EVP_CIPHER_CTX *seal;
    EVP_CIPHER_CTX *open;
    sqlite3_int64 size;
};

// One open file; behind it in the same allocation lies the file of the disk below.
struct cipher_file {
    sqlite3_file base;
    struct cipher_disk *disk;
    struct store *store;
    struct sealer sealer;
    int lock_level;
    int holds_log_lock;
    union {
        struct database_state database;
        struct journal_state journal;
        struct log_state log;
        struct temporary_state temporary;
    };
    // Sealed bytes on their way to or from the disk; never plain ones.
    uint8_t scratch[24 + page_size];
};

static inline sqlite3_file *file_below(struct cipher_file *file) {
    // SQLite aligns files to 8 bytes, and this struct's size is a multiple of that.
    return (sqlite3_file *)(file + 1);
}

static inline int read_below(struct cipher_file *file, void *bytes, int count, sqlite3_int64 offset) {
    return file_below(file)->pMethods->xRead(file_below(file), bytes, count, offset);
}

static inline int write_below(struct cipher_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    return file_below(file)->pMethods->xWrite(file_below(file), bytes, count, offset);
}

static inline int size_below(struct cipher_file *file, sqlite3_int64 *size) {
    return file_below(file)->pMethods->xFileSize(file_below(file), size);
}

static inline int truncate_below(struct cipher_file *file, sqlite3_int64 size) {
    return file_below(file)->pMethods->xTruncate(file_below(file), size);
}

// Makes the sealer fit the store's present identity. SQLITE_NOTADB if the file has none.
SHARED int file_prepare(struct cipher_file *file);

// Reads the database further than asked for a reader that goes page by page, as one does that fetches a document: each
// call of the disk below costs a third of opening a page. Returns where the sealed page lies, or null if it has to be
// read by itself. The caller forgets all pages by setting the count to 0.
SHARED const uint8_t *read_ahead(struct cipher_file *file, sqlite3_int64 offset);
SHARED void read_ahead_end(struct cipher_file *file);

SHARED int database_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset);
SHARED int database_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset);
SHARED int database_truncate(sqlite3_file *file, sqlite3_int64 size);
SHARED int database_lock(sqlite3_file *file, int level);
SHARED int database_unlock(sqlite3_file *file, int level);
SHARED int database_shm_lock(sqlite3_file *file, int offset, int count, int flags);

// Where a page of the database stands.
SHARED struct place database_place(uint32_t page);

SHARED int database_write_page(struct cipher_file *file, uint32_t page, const uint8_t *plain);

// Reads a whole page for the cipher's own sake, and says whether it is there and opens. The caller wipes it.
SHARED int database_look_at(struct cipher_file *file, uint32_t page, uint8_t *plain, int *opens);

// Fills what lies between `end` and the page `next` with sealed zeros.
SHARED int database_fill(struct cipher_file *file, sqlite3_int64 end, uint32_t next);

// How long page 1 in the file says that it is; 0 if it does not open, as a crash may have torn it, or there is none.
SHARED int checkpoint_read_declared(struct cipher_file *file, sqlite3_int64 *declared);

// The log is about to be carried over, the file will grow to `end`, a page was written, it was carried over.
SHARED void checkpoint_begin(struct cipher_file *file);
SHARED void checkpoint_grow(struct cipher_file *file, sqlite3_int64 end);
SHARED void checkpoint_note(struct cipher_file *file, uint32_t page, const uint8_t *plain);
SHARED void checkpoint_end(struct cipher_file *file);

SHARED int log_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset);
SHARED int log_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset);
SHARED int log_truncate(sqlite3_file *file, sqlite3_int64 size);

SHARED void journal_begin(struct cipher_file *file);
SHARED void journal_end(struct cipher_file *file);
SHARED int journal_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset);
SHARED int journal_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset);
SHARED int journal_sync(sqlite3_file *file, int flags);

SHARED int temporary_begin(struct cipher_file *file);
SHARED void temporary_end(struct cipher_file *file);
SHARED int temporary_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset);
SHARED int temporary_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset);
SHARED int temporary_truncate(sqlite3_file *file, sqlite3_int64 size);
SHARED int temporary_size(sqlite3_file *file, sqlite3_int64 *size);

// MARK: numbers as the format writes them

static inline uint32_t number_at(const uint8_t bytes[4]) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static inline void put_number(uint8_t bytes[4], uint32_t number) {
    bytes[0] = (uint8_t)(number >> 24);
    bytes[1] = (uint8_t)(number >> 16);
    bytes[2] = (uint8_t)(number >> 8);
    bytes[3] = (uint8_t)number;
}

static inline void put_long_number(uint8_t bytes[8], uint64_t number) {
    put_number(bytes, (uint32_t)(number >> 32));
    put_number(bytes + 4, (uint32_t)number);
}

static inline int is_all_zero(const uint8_t *bytes, size_t count) {
    uint8_t any = 0;
    for (size_t i = 0; i < count; i++) any |= bytes[i];
    return any == 0;
}

#endif
