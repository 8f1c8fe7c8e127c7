#include "internal.h"

#include <openssl/crypto.h>
#include <string.h>

// MARK: the tools of one open file

SHARED void sealer_end(struct sealer *sealer) {
    if (!sealer->generation) return;
    xaes_end(&sealer->xaes);
    EVP_CIPHER_CTX_free(sealer->header_seal);
    EVP_CIPHER_CTX_free(sealer->header_open);
    EVP_CIPHER_CTX_free(sealer->mask);
    OPENSSL_cleanse(sealer, sizeof *sealer);
}

static int sealer_begin(struct sealer *sealer, unsigned generation, const uint8_t identity[], struct store_keys *keys) {
    if (!xaes_begin(&sealer->xaes, keys->page)) return 0;
    sealer->generation = generation;
    memcpy(sealer->identity, identity, identity_size);
    sealer->header_seal = EVP_CIPHER_CTX_new();
    sealer->header_open = EVP_CIPHER_CTX_new();
    sealer->mask = EVP_CIPHER_CTX_new();
    if (sealer->header_seal && sealer->header_open && sealer->mask &&
        EVP_EncryptInit_ex(sealer->header_seal, EVP_aes_256_xts(), 0, keys->frame_header, 0) &&
        EVP_DecryptInit_ex(sealer->header_open, EVP_aes_256_xts(), 0, keys->frame_header, 0) &&
        EVP_EncryptInit_ex(sealer->mask, EVP_aes_256_ecb(), 0, keys->journal_mask, 0) &&
        EVP_CIPHER_CTX_set_padding(sealer->mask, 0)) {
        return 1;
    }
    sealer_end(sealer);
    return 0;
}

SHARED int file_prepare(struct cipher_file *file) {
    struct sealer *sealer = &file->sealer;
    unsigned generation = atomic_load(&file->store->generation);
    if (generation != 0 && generation == sealer->generation) return SQLITE_OK;
    sealer_end(sealer);
    sqlite3_mutex_enter(file->disk->guard);
    generation = atomic_load(&file->store->generation);
    int code = generation == 0 ? SQLITE_NOTADB : SQLITE_OK;
    if (generation != 0 && !sealer_begin(sealer, generation, file->store->identity, file->store->keys)) {
        code = SQLITE_NOMEM;
    }
    sqlite3_mutex_leave(file->disk->guard);
    return code;
}

// MARK: a page in its place

enum { bound_size = 1 + 4 + 4 + 8 + identity_size };

// What is authenticated with every page: a page moved to another place, file or kind of file does not open.
static void page_bind(struct sealer *sealer, const struct place *place, uint8_t bound[bound_size]) {
    memset(bound, 0, bound_size);
    if (!RULE(bound_place)) return;
    bound[0] = place->domain;
    put_number(bound + 1, place->page);
    put_number(bound + 5, place->commit);
    put_long_number(bound + 9, (uint64_t)place->offset);
    memcpy(bound + 17, sealer->identity, identity_size);
}

// In the file itself page 1 begins with the identity instead of SQLite's own constant words.
static size_t page_shown_size(const struct place *place) {
    return place->domain == domain_database && place->page == 1 ? identity_size : 0;
}

static const uint8_t sqlite_magic[identity_size] = "SQLite format 3";

SHARED int page_seal(struct sealer *sealer, const struct place *place, const uint8_t *plain, uint8_t *sealed) {
    uint8_t bound[bound_size];
    size_t shown = page_shown_size(place);
    uint8_t *nonce = sealed + usable_size, *tag = nonce + nonce_size;
    page_bind(sealer, place, bound);
    memcpy(sealed, sealer->identity, shown);
    return random_fill(nonce, nonce_size) &&
           xaes_seal(
               &sealer->xaes, nonce, bound, bound_size, plain + shown, usable_size - shown, sealed + shown, tag);
}

SHARED int page_open(struct sealer *sealer, const struct place *place, const uint8_t *sealed, uint8_t *plain) {
    uint8_t bound[bound_size];
    size_t shown = page_shown_size(place);
    const uint8_t *nonce = sealed + usable_size, *tag = nonce + nonce_size;
    page_bind(sealer, place, bound);
    int done = (shown == 0 || memcmp(sealed, sealer->identity, shown) == 0) &&
               xaes_open(
                   &sealer->xaes, nonce, bound, bound_size, sealed + shown, usable_size - shown, plain + shown, tag);
    if (!done) {
        OPENSSL_cleanse(plain, page_size);
        return 0;
    }
    memcpy(plain, sqlite_magic, shown);
    // SQLite sums whole pages up, in the log and in the journal: were it to see the nonce, which is another after each
    // sealing, it would throw away every commit of its own log.
    memset(plain + usable_size, 0, page_size - usable_size);
    if (!RULE(zeroed_reserve)) memcpy(plain + usable_size, nonce, page_size - usable_size);
    return 1;
}

SHARED int page_is_acceptable(const uint8_t *plain, uint32_t page) {
    int is_reserved = !RULE(zeroed_reserve) || !RULE(refused_reserve) ||
                      is_all_zero(plain + usable_size, page_size - usable_size);
    if (page != 1 || !RULE(refused_reserve)) return is_reserved;
    return is_reserved && memcmp(plain, sqlite_magic, identity_size) == 0 && plain[16] == page_size >> 8 &&
           plain[17] == 0 && plain[20] == page_size - usable_size;
}

// MARK: bytes that stay readable and must not be changed

enum { shown_limit = 64 };

static size_t bytes_bind(
    struct sealer *sealer, const struct place *place, const uint8_t *shown, size_t shown_count,
    uint8_t bound[bound_size + shown_limit]) {
    page_bind(sealer, place, bound);
    memcpy(bound + bound_size, shown, shown_count);
    return bound_size + shown_count;
}

SHARED int bytes_seal(
    struct sealer *sealer, const struct place *place, const uint8_t *shown, size_t shown_count,
    uint8_t nonce[nonce_size], uint8_t tag[tag_size]) {
    uint8_t bound[bound_size + shown_limit], nothing[1] = {0};
    size_t count = bytes_bind(sealer, place, shown, shown_count, bound);
    return random_fill(nonce, nonce_size) &&
           xaes_seal(&sealer->xaes, nonce, bound, count, nothing, 0, nothing, tag);
}

SHARED int bytes_open(
    struct sealer *sealer, const struct place *place, const uint8_t *shown, size_t shown_count,
    const uint8_t nonce[nonce_size], const uint8_t tag[tag_size]) {
    uint8_t bound[bound_size + shown_limit], nothing[1] = {0};
    size_t count = bytes_bind(sealer, place, shown, shown_count, bound);
    return xaes_open(&sealer->xaes, nonce, bound, count, nothing, 0, nothing, tag);
}
