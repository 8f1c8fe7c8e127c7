#ifndef C_FUZZ_PAGES_H
#define C_FUZZ_PAGES_H

#include <stddef.h>
#include <stdint.h>

// Does to a sealed database and to its log or journal what the bytes say, opens it, and reads it. Aborts if a row is
// read that was never committed.
void fuzz_pages(const uint8_t *bytes, size_t count);

// Does it to the plain pages and seals them again, as only a holder of the key can: then any row may come of it.
void fuzz_resealed_pages(const uint8_t *bytes, size_t count);

#endif
