#ifndef SECOND_SEAL_H
#define SECOND_SEAL_H

#include "scene.h"

// The page format written a second time, from its description, to read the plain pages and to seal others.

// The scene with every page opened, in the same places.
struct scene second_open(const struct scene *scene);

// Seals again in `database` and `beside` what is no longer as in `plain`, and takes the rest from `sealed`. With `mends`
// SQLite's own checksums are made right before.
void second_seal(
    const struct scene *sealed, const struct scene *plain, struct image *database, struct image *beside, int mends);

// Makes the checksum of the log's own header right, for which no key is needed.
void mend_log_header(struct image *log);

#endif
