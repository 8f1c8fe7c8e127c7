// What SQLite's own test program is linked with besides SQLite: it gives every database the shape of a sealed one, and
// puts the page cipher under SQLite.
//
// STRONGROOM_SUITE chooses: `plain` is SQLite as it is; `shaped` the same disk, with pages of 4,096 bytes that keep 40
// reserved, whatever a test asks for, and with the cipher's promises about writes; `sealed` the same shape on the page
// cipher. So `plain` and `shaped` differ only by the shape, `shaped` and `sealed` only by the cipher.
//
// The program is linked with --wrap for these functions of SQLite, whose source stays as it is. Files that are
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
int __real_sqlite3OsDeviceCharacteristics(sqlite3_file *);
int __real_sqlite3_vfs_register(sqlite3_vfs *, int);
int __real_sqlite3_vfs_unregister(sqlite3_vfs *);

static const char cipher_name[] = "strongroom";

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

// Set while the cipher could not be registered.
static int is_unsealed;

int __wrap_sqlite3BtreeOpen(sqlite3_vfs *vfs, const char *name, sqlite3 *database, Btree **tree, int flags, int kind) {
    if (is_unsealed) give_up("a database is opened without the page cipher");
    int code = __real_sqlite3BtreeOpen(vfs, name, database, tree, flags, kind);
    if (code != SQLITE_OK || mode() == mode_plain) return code;
    // A file that has its first page keeps its shape: then this answers SQLITE_READONLY.
    code = __wrap_sqlite3BtreeSetPageSize(*tree, page_cipher_page_byte_count, 0, 0);
    if (code != SQLITE_NOMEM) return SQLITE_OK;
    sqlite3BtreeClose(*tree);
    *tree = 0;
    return code;
}

// What the cipher says of any disk: that writes leave their neighbours alone, as the `unix` disk says too, and none of
// the promises that would have pages written in other ways.
int __wrap_sqlite3OsDeviceCharacteristics(sqlite3_file *file) {
    int said = __real_sqlite3OsDeviceCharacteristics(file);
    if (mode() == mode_plain) return said;
    int kept = SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN | SQLITE_IOCAP_IMMUTABLE;
    return (said & kept) | SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

// MARK: the cipher

// Any key will do, as long as the processes of one test share it.
static int register_cipher(const char *name, const char *base, int is_default) {
    uint8_t key[page_cipher_key_byte_count];
    memset(key, 0x53, sizeof key);
    int code = page_cipher_register(name, base, key);
    if (code == SQLITE_OK) code = __real_sqlite3_vfs_register(sqlite3_vfs_find(name), is_default);
    // Some tests deny memory here; whatever else it is, nothing may go on unsealed.
    if (code != SQLITE_OK && code != SQLITE_NOMEM) give_up("the page cipher could not be registered");
    is_unsealed = code != SQLITE_OK;
    return code;
}

// SQLite calls these two (SQLITE_EXTRA_INIT, SQLITE_EXTRA_SHUTDOWN) once it has begun and before it ends.
int suite_begin(const char *unused) {
    (void)unused;
    return mode() == mode_sealed ? register_cipher(cipher_name, "unix", 1) : SQLITE_OK;
}

void suite_end(void) {
    if (mode() == mode_sealed) page_cipher_unregister(cipher_name);
}

// MARK: disks that play a worse one
//
// Three disks of the test program lose what was not synced, or pretend to a sector's size and to promises about writes.
// All that is said of the real file, so they belong below the cipher, though the tests put them on top of the default
// disk. Here they are renamed, and the cipher over each takes the name the tests know.

static const struct {
    const char *name, *below;
} played[] = {{"crash", "crash-below"}, {"devsym", "devsym-below"}, {"writecrash", "writecrash-below"}};
enum { played_count = sizeof played / sizeof *played };

// Stands for sqlite3_vfs_find in the two files that have these disks, and tells them what is below.
sqlite3_vfs *suite_disk_below(const char *name) {
    return sqlite3_vfs_find(!name && mode() == mode_sealed ? "unix" : name);
}

// Stands for sqlite3_randomness in the file of the disk that crashes. Where that draws one byte it decides what becomes
// of a write that was not synced: it is done, it is lost, or every sector it touches is filled with noise, the
// neighbours' bytes in them too. The cipher does not bear the last: it relies on the promise above, and the file's
// identity is in its first sector alone. Here such a write is done or lost.
void suite_crash_randomness(int count, void *bytes) {
    sqlite3_randomness(count, bytes);
    if (count == 1 && mode() != mode_plain) *(uint8_t *)bytes &= 1;
}

int __wrap_sqlite3_vfs_register(sqlite3_vfs *vfs, int is_default) {
    for (int i = 0; i < played_count && mode() == mode_sealed; i++) {
        // The cipher's own comes by here too, when the renamed one is there.
        if (strcmp(vfs->zName, played[i].name) != 0 || sqlite3_vfs_find(played[i].below)) continue;
        vfs->zName = played[i].below;
        int code = __real_sqlite3_vfs_register(vfs, 0);
        return code == SQLITE_OK ? register_cipher(played[i].name, vfs->zName, is_default) : code;
    }
    return __real_sqlite3_vfs_register(vfs, is_default);
}

int __wrap_sqlite3_vfs_unregister(sqlite3_vfs *vfs) {
    for (int i = 0; i < played_count && vfs; i++) {
        if (strcmp(vfs->zName, played[i].below) != 0) continue;
        page_cipher_unregister(played[i].name);
        int code = __real_sqlite3_vfs_unregister(vfs);
        vfs->zName = played[i].name;
        return code;
    }
    return __real_sqlite3_vfs_unregister(vfs);
}
