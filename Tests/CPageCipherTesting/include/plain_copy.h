#ifndef PLAIN_COPY_H
#define PLAIN_COPY_H

#include <stdint.h>

// Writes every page of the store at the path that opens under the key, free ones too, and then every frame of its log
// that opens, current or not, to a file of plain bytes; so that a test can look for bytes that should be gone.
//
// Requires that nobody else has the store open. Returns an SQLite result code; SQLITE_NOTADB for another key.
int plain_copy(const char *path, const uint8_t key[32], const char *to);

#endif
