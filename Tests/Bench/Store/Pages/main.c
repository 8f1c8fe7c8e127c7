#define _GNU_SOURCE
#include "workloads.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// bench-pages list                                    prints the workloads and their operations
// bench-pages fill KIND LIBRARY FOLDER                makes the files that are read
// bench-pages measure KIND LIBRARY FOLDER WORKLOAD    prints nanoseconds an operation: wall, processor
//
// KIND is plain, plain-excl, ours or sqlcipher; LIBRARY the file of that SQLite. Each call is a process of its own, so
// that no engine finds what another left in its memory.

static double seconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// Reads the file once, so that every engine meets the same warm cache of the system.
static void warm(const char *path) {
    static char bytes[1 << 20];
    int file = open(path, O_RDONLY);
    if (file < 0) give_up("not filled", path);
    while (read(file, bytes, sizeof bytes) > 0) {}
    close(file);
}

static void remove_database(const char *path) {
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char name[4200];
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

static void measure(const struct engine *engine, const char *folder, const struct workload *workload) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, workload->reads ? workload->reads : "new.db");
    if (workload->reads) warm(path);
    else remove_database(path);
    // What others have yet to write must not be waited for here.
    sync();
    sqlite3 *connection = engine_open(engine, path);
    double wall = seconds(CLOCK_MONOTONIC), processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
    workload->run(engine, connection, workload->operations);
    wall = seconds(CLOCK_MONOTONIC) - wall;
    processor = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
    engine->close(connection);
    if (!workload->reads) remove_database(path);
    printf("%.1f %.1f\n", wall / workload->operations * 1e9, processor / workload->operations * 1e9);
}

int main(int count, char **arguments) {
    if (count == 2 && strcmp(arguments[1], "list") == 0) {
        for (const struct workload *w = workloads; w->name; w++) printf("%s %d\n", w->name, w->operations);
        return 0;
    }
    if (count == 5 && strcmp(arguments[1], "fill") == 0) {
        struct engine engine = engine_load(arguments[2], arguments[3]);
        workloads_fill(&engine, arguments[4]);
        printf("%s\n", engine.libversion());
        return 0;
    }
    if (count == 6 && strcmp(arguments[1], "measure") == 0) {
        struct engine engine = engine_load(arguments[2], arguments[3]);
        const struct workload *workload = workloads;
        while (workload->name && strcmp(workload->name, arguments[5]) != 0) workload++;
        if (!workload->name) give_up("there is no such workload", arguments[5]);
        measure(&engine, arguments[4], workload);
        return 0;
    }
    fprintf(stderr, "bench-pages: usage: list | fill KIND LIBRARY FOLDER | measure KIND LIBRARY FOLDER WORKLOAD\n");
    return 2;
}
