#ifndef FORKED_H
#define FORKED_H

#include <stdint.h>

// Draws bytes, forks, and draws again on both sides. Returns 1 if both got the same bytes, 0 if not, -1 if it could not
// be tried.
int forked_random_repeats(int (*draw)(uint8_t *bytes, unsigned long count));
int forked_ablated_random_repeats(void);
int forked_random_repeats_in_product(void);

#endif
