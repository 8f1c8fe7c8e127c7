#include "mutation.h"

#include <string.h>

enum { step_size = 6, page_size = 4096 };

enum step_kind { step_flip, step_put, step_zero, step_copy, step_swap, step_cut, step_count };

int input_read(const uint8_t *bytes, size_t count, struct input *input) {
    if (count == 0) return 0;
    *input = (struct input){
        .kind = (bytes[0] & 0x3f) % scene_count,
        .mends = (bytes[0] & 0x40) != 0,
        .writes = (bytes[0] & 0x80) != 0,
        .steps = bytes + 1,
        .step_count = (count - 1) / step_size,
    };
    return 1;
}

// How a file is divided: a front, then units of one size that each hold a page.
struct division {
    size_t front, unit;
};

static struct division division_of(enum scene_kind kind, int is_beside) {
    if (!is_beside) return (struct division){0, page_size};
    return kind == scene_log ? (struct division){32, 24 + page_size} : (struct division){512, 4 + page_size + 4};
}

// The unit of that number, counted round; null if there is none.
static uint8_t *unit_at(struct image *image, struct division division, size_t number) {
    if (image->count < division.front + division.unit) return 0;
    size_t units = (image->count - division.front) / division.unit;
    return image->bytes + division.front + number % units * division.unit;
}

static void exchange(uint8_t *one, uint8_t *other, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint8_t byte = one[i];
        one[i] = other[i];
        other[i] = byte;
    }
}

static void put(struct image *image, size_t at, uint32_t value) {
    for (size_t i = 0; i < 4 && at + i < image->count; i++) image->bytes[at + i] = (uint8_t)(value >> (24 - 8 * i));
}

static void apply_step(const uint8_t *step, struct image *image, struct division division) {
    size_t position = (size_t)step[1] << 16 | (size_t)step[2] << 8 | step[3];
    uint16_t value = (uint16_t)(step[4] << 8 | step[5]);
    if (image->count == 0) return;
    size_t at = position % image->count;
    uint8_t *unit = unit_at(image, division, position), *other = unit_at(image, division, value);
    switch (step[0] % step_count) {
    case step_flip: image->bytes[at] ^= (uint8_t)(value ? value : 1); break;
    // Numbers of the formats are of 4 bytes; small ones, great ones, and those about to wrap.
    case step_put: put(image, at, value < 0x8000 ? value : 0xffff0000 | value); break;
    case step_zero:
        if (unit) memset(unit, 0, division.unit);
        break;
    case step_copy:
        if (unit && unit != other) memcpy(unit, other, division.unit);
        break;
    case step_swap:
        if (unit && unit != other) exchange(unit, other, division.unit);
        break;
    case step_cut:
        image->count = value % 2 ? at : at / 512 * 512;
        break;
    }
}

void input_apply(const struct input *input, struct image *database, struct image *beside) {
    for (size_t i = 0; i < input->step_count; i++) {
        const uint8_t *step = input->steps + i * step_size;
        int is_beside = (step[0] & 0x80) != 0 && input->kind != scene_database;
        apply_step(step, is_beside ? beside : database, division_of(input->kind, is_beside));
    }
}
