#ifndef BENCH_WORKLOADS_H
#define BENCH_WORKLOADS_H

#include "engine.h"

// What is measured: `operations` of the same kind, done by `run` in a folder that `fill` has readied once.
struct workload {
    const char *name;
    int operations;
    // The file it reads, which is brought into the system's cache first, or null if it begins with a new file.
    const char *reads;
    void (*run)(const struct engine *engine, sqlite3 *connection, int operations);
};

extern const struct workload workloads[];

// Makes the files that are read.
void workloads_fill(const struct engine *engine, const char *folder);

#endif
