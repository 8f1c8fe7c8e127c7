#include "second_seal.h"

#include "page_cipher.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <stdlib.h>
#include <string.h>

enum {
    page_size = 4096,
    usable_size = 4056,
    nonce_size = 24,
    frame_size = 24 + page_size,
    log_header_size = 32,
    record_size = 4 + page_size + 4,
    journal_header_size = 512,
    journal_words_size = 29
};

struct keys {
    uint8_t page[32], frame_header[64], journal[32], check[8];
};

static uint32_t number_at(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void put_number(uint8_t *bytes, uint32_t number) {
    for (int i = 0; i < 4; i++) bytes[i] = (uint8_t)(number >> (24 - 8 * i));
}

static struct keys keys_of(const uint8_t *identity) {
    struct keys keys;
    EVP_KDF *kdf = EVP_KDF_fetch(0, "HKDF", 0);
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, "SHA256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)(uintptr_t)disk_key, sizeof disk_key),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)(uintptr_t)identity, 8),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, "strongroom/page-cipher/v1", 25),
        OSSL_PARAM_construct_end(),
    };
    if (EVP_KDF_derive(context, (unsigned char *)&keys, sizeof keys, parameters) <= 0) defect("no keys");
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    if (memcmp(keys.check, identity + 8, sizeof keys.check) != 0) defect("the identity is not of these keys");
    return keys;
}

// MARK: one page

struct place {
    char domain;
    uint32_t page, commit;
    uint64_t offset;
};

static void bind(const struct place *place, const uint8_t *identity, uint8_t bound[33]) {
    bound[0] = (uint8_t)place->domain;
    put_number(bound + 1, place->page);
    put_number(bound + 5, place->commit);
    put_number(bound + 9, (uint32_t)(place->offset >> 32));
    put_number(bound + 13, (uint32_t)place->offset);
    memcpy(bound + 17, identity, 16);
}

static size_t shown_size(const struct place *place) {
    return place->domain == 'D' && place->page == 1 ? 16 : 0;
}

static void page_open(
    const struct keys *keys, const struct place *place, const uint8_t *identity, const uint8_t *sealed, uint8_t *plain) {
    uint8_t bound[33];
    size_t shown = shown_size(place);
    const uint8_t *nonce = sealed + usable_size;
    bind(place, identity, bound);
    memcpy(plain, "SQLite format 3", shown);
    memset(plain + usable_size, 0, page_size - usable_size);
    if (!page_cipher_xaes_open(
            keys->page, nonce, bound, sizeof bound, sealed + shown, usable_size - shown, plain + shown,
            nonce + nonce_size)) {
        defect("a page of a scene does not open");
    }
}

static void page_seal(
    const struct keys *keys, const struct place *place, const uint8_t *identity, const uint8_t *plain, uint8_t *sealed) {
    uint8_t bound[33];
    size_t shown = shown_size(place);
    uint8_t *nonce = sealed + usable_size;
    bind(place, identity, bound);
    memcpy(sealed, identity, shown);
    memset(nonce, 0x5a, nonce_size);
    page_cipher_xaes_seal(
        keys->page, nonce, bound, sizeof bound, plain + shown, usable_size - shown, sealed + shown, nonce + nonce_size);
}

// MARK: the other parts of log and journal

static void turn_frame_header(
    const struct keys *keys, int seals, uint64_t offset, const uint8_t *from, uint8_t *to) {
    uint8_t tweak[16];
    int count = 0;
    put_number(tweak, (uint32_t)(offset >> 32));
    put_number(tweak + 4, (uint32_t)offset);
    memcpy(tweak + 8, from, 8);
    memcpy(to, from, 8);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    EVP_CipherInit_ex(context, EVP_aes_256_xts(), 0, keys->frame_header, tweak, seals);
    EVP_CipherUpdate(context, to + 8, &count, from + 8, 16);
    EVP_CIPHER_CTX_free(context);
}

// Hides the checksum of a record or shows it; `sealed` is the record's sealed page.
static void turn_checksum(const struct keys *keys, const uint8_t *sealed, const uint8_t *from, uint8_t *to) {
    uint8_t block[16];
    int count = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(context, EVP_aes_256_ecb(), 0, keys->journal, 0);
    EVP_CIPHER_CTX_set_padding(context, 0);
    EVP_EncryptUpdate(context, block, &count, sealed + page_size - 16, 16);
    EVP_CIPHER_CTX_free(context);
    for (int i = 0; i < 4; i++) to[i] = from[i] ^ block[i];
}

static void seal_journal_header(const struct keys *keys, const uint8_t *identity, uint8_t *header) {
    uint8_t bound[33 + journal_words_size], nothing[1] = {0};
    struct place place = {'H', 0, 0, 0};
    bind(&place, identity, bound);
    memcpy(bound + 33, header, journal_words_size);
    uint8_t *nonce = header + journal_words_size;
    page_cipher_xaes_seal(keys->page, nonce, bound, sizeof bound, nothing, 0, nothing, nonce + nonce_size);
}

// MARK: where pages stand

static size_t unit_count(const struct scene *scene, const struct image *beside) {
    if (scene->kind == scene_log) {
        return beside->count < log_header_size ? 0 : (beside->count - log_header_size) / frame_size;
    }
    if (scene->kind == scene_journal) {
        return beside->count < journal_header_size ? 0 : (beside->count - journal_header_size) / record_size;
    }
    return 0;
}

static struct place database_place(size_t page) {
    return (struct place){'D', (uint32_t)page, 0, (uint64_t)(page - 1) * page_size};
}

static struct place frame_place(const uint8_t *frame, size_t index) {
    return (struct place){'W', number_at(frame), number_at(frame + 4), log_header_size + index * frame_size};
}

static struct place record_place(const uint8_t *record, size_t index) {
    return (struct place){'J', number_at(record), 0, journal_header_size + index * record_size + 4};
}

// MARK: SQLite's own checksums

static void log_sum(uint32_t sum[2], const uint8_t *bytes, size_t count, int is_big_endian) {
    for (size_t i = 0; i < count; i += 8) {
        uint32_t words[2];
        for (int j = 0; j < 2; j++) {
            words[j] = number_at(bytes + i + 4 * j);
            if (!is_big_endian) words[j] = __builtin_bswap32(words[j]);
        }
        sum[0] += words[0] + sum[1];
        sum[1] += words[1] + sum[0];
    }
}

static void put_sum(uint8_t *bytes, const uint32_t sum[2]) {
    put_number(bytes, sum[0]);
    put_number(bytes + 4, sum[1]);
}

void mend_log_header(struct image *log) {
    uint32_t sum[2] = {0, 0};
    if (log->count < log_header_size) return;
    log_sum(sum, log->bytes, 24, log->bytes[3] & 1);
    put_sum(log->bytes + 24, sum);
}

static void mend_log(const struct scene *scene, struct image *log) {
    if (log->count < log_header_size) return;
    mend_log_header(log);
    uint32_t sum[2] = {number_at(log->bytes + 24), number_at(log->bytes + 28)};
    for (size_t i = 0; i < unit_count(scene, log); i++) {
        uint8_t *frame = log->bytes + log_header_size + i * frame_size;
        log_sum(sum, frame, 8, log->bytes[3] & 1);
        log_sum(sum, frame + 24, page_size, log->bytes[3] & 1);
        put_sum(frame + 16, sum);
    }
}

static void mend_journal(const struct scene *scene, struct image *journal) {
    for (size_t i = 0; i < unit_count(scene, journal); i++) {
        uint8_t *page = journal->bytes + journal_header_size + i * record_size + 4;
        uint32_t sum = number_at(journal->bytes + 12);
        for (int at = page_size - 200; at > 0; at -= 200) sum += page[at];
        put_number(page + page_size, sum);
    }
}

// MARK: whole files

static struct image copy_of(const struct image *image) {
    struct image copy = {malloc(image->count + 1), image->count};
    if (!copy.bytes) defect("no memory");
    if (image->count > 0) memcpy(copy.bytes, image->bytes, image->count);
    return copy;
}

struct scene second_open(const struct scene *scene) {
    struct scene plain = *scene;
    const uint8_t *identity = scene->database.bytes;
    struct keys keys = keys_of(identity);
    plain.database = copy_of(&scene->database);
    plain.beside = copy_of(&scene->beside);
    for (size_t page = 1; page <= scene->database.count / page_size; page++) {
        struct place place = database_place(page);
        page_open(&keys, &place, identity, scene->database.bytes + place.offset, plain.database.bytes + place.offset);
    }
    for (size_t i = 0; i < unit_count(scene, &scene->beside); i++) {
        if (scene->kind == scene_log) {
            size_t at = log_header_size + i * frame_size;
            uint8_t *sealed = scene->beside.bytes + at, *frame = plain.beside.bytes + at;
            struct place place = frame_place(sealed, i);
            turn_frame_header(&keys, 0, at, sealed, frame);
            page_open(&keys, &place, identity, sealed + 24, frame + 24);
        } else {
            size_t at = journal_header_size + i * record_size;
            uint8_t *sealed = scene->beside.bytes + at, *record = plain.beside.bytes + at;
            struct place place = record_place(sealed, i);
            page_open(&keys, &place, identity, sealed + 4, record + 4);
            turn_checksum(&keys, sealed + 4, sealed + 4 + page_size, record + 4 + page_size);
        }
    }
    return plain;
}

// Seals a page in place, or takes its sealed bytes if it is as it was.
static void page_reseal(
    const struct keys *keys, const struct place *place, const uint8_t *identity, const uint8_t *was,
    const uint8_t *was_sealed, uint8_t *page) {
    uint8_t plain[page_size];
    if (was && memcmp(was, page, usable_size) == 0) {
        memcpy(page, was_sealed, page_size);
    } else {
        memcpy(plain, page, page_size);
        page_seal(keys, place, identity, plain, page);
    }
}

static void log_reseal(
    const struct keys *keys, const struct scene *sealed, const struct scene *plain, struct image *log) {
    for (size_t i = 0; i < unit_count(sealed, log); i++) {
        size_t at = log_header_size + i * frame_size;
        uint8_t *frame = log->bytes + at, header[24];
        const uint8_t *was = plain->beside.bytes + at;
        struct place place = frame_place(frame, i);
        // Page number and commit size are bound to the page.
        page_reseal(
            keys, &place, sealed->database.bytes, memcmp(was, frame, 8) == 0 ? was + 24 : 0,
            sealed->beside.bytes + at + 24, frame + 24);
        turn_frame_header(keys, 1, at, frame, header);
        memcpy(frame, header, sizeof header);
    }
}

static void journal_reseal(
    const struct keys *keys, const struct scene *sealed, const struct scene *plain, struct image *journal) {
    for (size_t i = 0; i < unit_count(sealed, journal); i++) {
        size_t at = journal_header_size + i * record_size;
        uint8_t *record = journal->bytes + at;
        const uint8_t *was = plain->beside.bytes + at;
        struct place place = record_place(record, i);
        page_reseal(
            keys, &place, sealed->database.bytes, memcmp(was, record, 4) == 0 ? was + 4 : 0,
            sealed->beside.bytes + at + 4, record + 4);
        turn_checksum(keys, record + 4, record + 4 + page_size, record + 4 + page_size);
    }
    if (journal->count >= journal_header_size) seal_journal_header(keys, sealed->database.bytes, journal->bytes);
}

void second_seal(
    const struct scene *sealed, const struct scene *plain, struct image *database, struct image *beside, int mends) {
    static struct keys keys[scene_count];
    static int is_made[scene_count];
    if (!is_made[sealed->kind]) keys[sealed->kind] = keys_of(sealed->database.bytes);
    is_made[sealed->kind] = 1;
    const struct keys *ours = &keys[sealed->kind];
    if (mends && sealed->kind == scene_log) mend_log(sealed, beside);
    if (mends && sealed->kind == scene_journal) mend_journal(sealed, beside);
    for (size_t page = 1; page <= database->count / page_size; page++) {
        struct place place = database_place(page);
        page_reseal(
            ours, &place, sealed->database.bytes, plain->database.bytes + place.offset,
            sealed->database.bytes + place.offset, database->bytes + place.offset);
    }
    if (sealed->kind == scene_log) log_reseal(ours, sealed, plain, beside);
    if (sealed->kind == scene_journal) journal_reseal(ours, sealed, plain, beside);
}
