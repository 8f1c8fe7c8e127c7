// Strict C11 hides signals.
#define _POSIX_C_SOURCE 200809L

#include "forked.h"

#include "ablated_cipher.h"
#include "page_cipher.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { draw_size = 24 };

int forked_random_repeats(int (*draw)(uint8_t *bytes, unsigned long count)) {
    uint8_t first[draw_size], ours[draw_size], theirs[draw_size];
    int ends[2];
    if (!draw(first, draw_size) || pipe(ends) != 0) return -1;
    pid_t child = fork();
    if (child == 0) {
        // A child that waits for a lock must end, and the test with it: a thread's signals may be blocked, which it inherits.
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, 0);
        alarm(2);
        if (!draw(theirs, draw_size) || write(ends[1], theirs, draw_size) != draw_size) _exit(1);
        _exit(0);
    }
    close(ends[1]);
    int done = child > 0 && read(ends[0], theirs, draw_size) == draw_size && draw(ours, draw_size);
    close(ends[0]);
    if (child > 0) waitpid(child, 0, 0);
    return done ? memcmp(ours, theirs, draw_size) == 0 : -1;
}

int forked_ablated_random_repeats(void) {
    return forked_random_repeats(ablated_random);
}

int forked_random_repeats_in_product(void) {
    return forked_random_repeats(page_cipher_random);
}
