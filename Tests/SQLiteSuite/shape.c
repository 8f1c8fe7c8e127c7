// What SQLite's own test program is linked with besides SQLite: it gives every database the shape of a sealed one, and
// puts the page cipher under SQLite.
//
// STRONGROOM_SUITE chooses: `plain` is SQLite as it is; `shaped` the same disk, with pages of 4,096 bytes that keep 40
// reserved, whatever a test asks for; `sealed` the same shape on the page cipher. So `plain` and `shaped` differ only by
// the shape, `shaped` and `sealed` only by the cipher.
//
// The program is linked with --wrap for both functions of SQLite, whose source stays as it is. Files that are
// attached, copied or vacuumed get their shape here too, which sqlite3_file_control could give the first file only.

#include <page_cipher.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Btree Btree;

int __real_sqlite3BtreeOpen(sqlite3_vfs *, const char *, sqlite3 *, Btree **, int, int);
int __real_sqlite3BtreeSetPageSize(Btree *, int, int, int);
int sqlite3BtreeClose(Btree *);
int __real_sqlite3_vfs_register(sqlite3_vfs *, int);
int __real_sqlite3_vfs_unregister(sqlite3_vfs *);

static const char cipher_name[] = "strongroom";
static const char crash_name[] = "crash", crash_cipher_name[] = "strongroom-crash";

enum mode { mode_plain, mode_shaped, mode_sealed };

static void give_up(const char *why) {
    fprintf(stderr, "sqlite-suite: %s\n", why);
    abort();
}

static enum mode mode(void) {
    const char *name = getenv("STRONGROOM_SUITE");
    if (name && strcmp(name, "plain") == 0) return mode_plain;
    if (name && strcmp(name, "shaped") == 0) return mode_shaped;
    if (!name || strcmp(name, "sealed") != 0) give_up("STRONGROOM_SUITE must be plain, shaped or sealed");
    return mode_sealed;
}

// MARK: the shape

int __wrap_sqlite3BtreeSetPageSize(Btree *tree, int page_size, int reserve, int fixes) {
    if (mode() == mode_plain) return __real_sqlite3BtreeSetPageSize(tree, page_size, reserve, fixes);
    // A number below 1 leaves the size as it is.
    int size = page_size > 0 ? page_cipher_page_byte_count : page_size;
    return __real_sqlite3BtreeSetPageSize(tree, size, page_cipher_reserved_byte_count, fixes);
}

int __wrap_sqlite3BtreeOpen(sqlite3_vfs *vfs, const char *name, sqlite3 *database, Btree **tree, int flags, int kind) {
    int code = __real_sqlite3BtreeOpen(vfs, name, database, tree, flags, kind);
    if (code != SQLITE_OK || mode() == mode_plain) return code;
    // A file that has its first page keeps its shape: then this answers SQLITE_READONLY.
    code = __wrap_sqlite3BtreeSetPageSize(*tree, page_cipher_page_byte_count, 0, 0);
    if (code != SQLITE_NOMEM) return SQLITE_OK;
    sqlite3BtreeClose(*tree);
    *tree = 0;
    return code;
}

// MARK: the cipher

// Any key will do, as long as the processes of one test share it.
static int register_cipher(const char *name, const char *base) {
    uint8_t key[page_cipher_key_byte_count];
    memset(key, 0x53, sizeof key);
    int code = page_cipher_register(name, base, key);
    // A test that denies memory once has done so by now.
    if (code == SQLITE_NOMEM) code = page_cipher_register(name, base, key);
    if (code == SQLITE_OK) code = __real_sqlite3_vfs_register(sqlite3_vfs_find(name), 1);
    // Nothing may go on unsealed.
    if (code != SQLITE_OK) give_up("the page cipher could not be registered");
    return SQLITE_OK;
}

// SQLite calls these two (SQLITE_EXTRA_INIT, SQLITE_EXTRA_SHUTDOWN) when it has been started and before it is shut down.
int suite_begin(const char *unused) {
    (void)unused;
    return mode() == mode_sealed ? register_cipher(cipher_name, "unix") : SQLITE_OK;
}

void suite_end(void) {
    if (mode() == mode_sealed) page_cipher_unregister(cipher_name);
}

// MARK: the disk of the crash tests
//
// It loses and garbles what was not synced, in sectors of the real file: it belongs below the cipher. The tests put it
// on top of whatever is the default.

static int is_crash_disk(const sqlite3_vfs *vfs) {
    return mode() == mode_sealed && vfs && strcmp(vfs->zName, crash_name) == 0;
}

int __wrap_sqlite3_vfs_register(sqlite3_vfs *vfs, int is_default) {
    if (!is_crash_disk(vfs)) return __real_sqlite3_vfs_register(vfs, is_default);
    vfs->pAppData = sqlite3_vfs_find("unix");
    int code = __real_sqlite3_vfs_register(vfs, 0);
    return code == SQLITE_OK ? register_cipher(crash_cipher_name, crash_name) : code;
}

int __wrap_sqlite3_vfs_unregister(sqlite3_vfs *vfs) {
    if (is_crash_disk(vfs)) page_cipher_unregister(crash_cipher_name);
    return __real_sqlite3_vfs_unregister(vfs);
}
