#ifndef OTHER_PROCESS_H
#define OTHER_PROCESS_H

// Another process that takes SQLite's locks, for tests of who owns a file.

// Starts a process that owns the file as an open store would. Returns its id once it does, or -1.
int other_process_own(const char *path);

// Ends such a process.
void other_process_end(int process);

// Whether another process could begin to read the file now: 1 yes, 0 no, -1 the question could not be asked.
int other_process_may_read(const char *path);

#endif
