#ifndef MUTATION_H
#define MUTATION_H

#include "scene.h"

// What a fuzzed input says: one byte of which scene and how, then steps of 6 bytes that each change one of its files.

struct input {
    enum scene_kind kind;
    // Whether checksums that need no more than the plain bytes are made right after the change.
    int mends;
    // Whether the store is written to once it was read.
    int writes;
    const uint8_t *steps;
    size_t step_count;
};

// Returns 0 if the bytes are too few to say anything.
int input_read(const uint8_t *bytes, size_t count, struct input *input);

// Changes the files. They only ever become shorter, and a database with a log not even that.
void input_apply(const struct input *input, struct image *database, struct image *beside);

#endif
