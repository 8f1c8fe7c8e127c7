#include "other_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

// SQLite's locking bytes (https://www.sqlite.org/fileformat2.html, section 1.1, and os.h): whoever reads holds a lock
// on the 510 shared bytes behind the pending and the reserved byte at 1 GiB.
enum { shared_first = 0x40000000 + 2, shared_count = 510 };

static int lock_shared_bytes(int file, short kind) {
    struct flock lock = {.l_type = kind, .l_whence = SEEK_SET, .l_start = shared_first, .l_len = shared_count};
    return fcntl(file, F_SETLK, &lock);
}

// The children call only what is safe between fork and exit in a program with threads.

int other_process_own(const char *path) {
    int ready[2];
    if (pipe(ready) != 0) return -1;
    pid_t child = fork();
    if (child == 0) {
        int file = open(path, O_RDWR);
        char answer = file >= 0 && lock_shared_bytes(file, F_WRLCK) == 0;
        if (write(ready[1], &answer, 1) != 1 || !answer) _exit(1);
        for (;;) pause();
    }
    char answer = 0;
    close(ready[1]);
    if (child > 0 && read(ready[0], &answer, 1) != 1) answer = 0;
    close(ready[0]);
    if (child > 0 && !answer) other_process_end(child);
    return answer ? child : -1;
}

void other_process_end(int process) {
    kill(process, SIGKILL);
    waitpid(process, 0, 0);
}

int other_process_may_read(const char *path) {
    pid_t child = fork();
    if (child == 0) {
        int file = open(path, O_RDWR);
        if (file < 0) _exit(2);
        _exit(lock_shared_bytes(file, F_RDLCK) == 0 ? 1 : 0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status) == 2 ? -1 : WEXITSTATUS(status);
}
