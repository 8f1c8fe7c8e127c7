#ifndef ABLATED_CIPHER_H
#define ABLATED_CIPHER_H

#include <stdint.h>

// The page cipher built a second time, with rules that can be switched off. All disks of it share the rule.

enum ablated_rule {
    ablated_none,
    ablated_zeroed_reserve,
    ablated_refused_reserve,
    ablated_zeroed_bad_frame,
    ablated_refused_zero_frame,
    ablated_synthetic_header,
    ablated_gap_fill,
    ablated_cut_file,
    ablated_frame_header,
    ablated_journal_mask,
    ablated_hot_record,
    ablated_counted_record,
    ablated_journal_header,
    ablated_bound_place,
    ablated_temporary_files,
    ablated_forked_nonces
};

int ablated_register(const char *name, const char *base, const uint8_t key[32]);
int ablated_unregister(const char *name);
int ablated_random(uint8_t *bytes, unsigned long count);
void ablated_set_rule(int rule);

#endif
