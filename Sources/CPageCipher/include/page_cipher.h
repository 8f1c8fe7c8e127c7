#ifndef PAGE_CIPHER_H
#define PAGE_CIPHER_H

// SQLite disks (VFS) that seal every page, log, journal and temporary file under a key. The format is described in
// Sources/EncryptedStore/EncryptedStore.docc/page-cipher.md.
//
// A new file needs its reserved bytes set through sqlite3_file_control(SQLITE_FCNTL_RESERVE_BYTES) before its first
// page is written; a disk refuses to write a page that leaves no room for the seal.

#include <stddef.h>
#include <stdint.h>

enum {
    page_cipher_key_byte_count = 32,
    page_cipher_page_byte_count = 4096,
    page_cipher_reserved_byte_count = 40,
    page_cipher_nonce_byte_count = 24,
    page_cipher_tag_byte_count = 16
};

// Makes a disk of that name over the disk called base, not as the default. The key is copied into locked memory.
//
// Returns an SQLite result code: SQLITE_NOTFOUND if there is no such base, SQLITE_MISUSE if the name is
// taken, SQLITE_NOMEM if memory cannot be had or locked.
int page_cipher_register(const char *name, const char *base, const uint8_t key[page_cipher_key_byte_count]);

// Takes the disk away and wipes its key. SQLITE_BUSY while a file is open on it, SQLITE_NOTFOUND if it is not ours.
int page_cipher_unregister(const char *name);

// Keeps SQLite from taking a file's name that begins with `file:` for an address, which could name another disk.
// SQLite heeds it only before its first use in the process; SQLITE_MISUSE if that is over.
int page_cipher_refuse_addresses(void);

// Memory for a secret, of zeros, neither swapped nor dumped; null if there is none or it cannot be locked. It is wiped when
// it is freed, for which the count is told again.
void *page_cipher_secret_new(size_t count);
void page_cipher_secret_free(void *secret, size_t count);

// Forbids core dumps of this process, and other processes of the same user to look into it. Returns 1, or 0 if the system
// refuses.
int page_cipher_refuse_dumps(void);

// XAES-256-GCM (https://c2sp.org/XAES-256-GCM) by itself, for known answers. Returns 1, or 0 if it does not open.
int page_cipher_xaes_seal(
    const uint8_t key[page_cipher_key_byte_count], const uint8_t nonce[page_cipher_nonce_byte_count],
    const uint8_t *extra, size_t extra_count, const uint8_t *plain, size_t count, uint8_t *sealed,
    uint8_t tag[page_cipher_tag_byte_count]);
int page_cipher_xaes_open(
    const uint8_t key[page_cipher_key_byte_count], const uint8_t nonce[page_cipher_nonce_byte_count],
    const uint8_t *extra, size_t extra_count, const uint8_t *sealed, size_t count, uint8_t *plain,
    const uint8_t tag[page_cipher_tag_byte_count]);

// Fills the bytes from the buffer that nonces are drawn from. Returns 1, or 0 if the system gives none.
int page_cipher_random(uint8_t *bytes, size_t count);

#ifdef PAGE_CIPHER_ABLATION
// The rules a test can switch off, one at a time, to show that another test notices. Never built into the product.
enum page_cipher_rule {
    page_cipher_rule_none,
    page_cipher_rule_zeroed_reserve,
    page_cipher_rule_refused_reserve,
    page_cipher_rule_zeroed_bad_frame,
    page_cipher_rule_refused_zero_frame,
    page_cipher_rule_synthetic_header,
    page_cipher_rule_gap_fill,
    page_cipher_rule_cut_file,
    page_cipher_rule_frame_header,
    page_cipher_rule_journal_mask,
    page_cipher_rule_hot_record,
    page_cipher_rule_counted_record,
    page_cipher_rule_journal_header,
    page_cipher_rule_bound_place,
    page_cipher_rule_temporary_files,
    page_cipher_rule_forked_nonces
};
extern int page_cipher_ablated_rule;
#endif

#endif
