#ifndef POWER_LOSS_DISK_H
#define POWER_LOSS_DISK_H

#include <stdint.h>

// A SQLite disk for tests, registered as "power-loss-disk", that lies in memory and loses its power on command. What was
// not synced then is lost, kept, torn at 512 bytes, or kept in parts and out of order, as a seed decides.
//
// Its state is one for the process: use it only between power_loss_acquire and power_loss_release. One connection at a
// time, as locks are granted without asking.

// Makes the disk known to SQLite, not as the default. Calling it again does nothing. Returns an SQLite result code.
int power_loss_register(void);

// Waits until nobody else uses the disk, and begins with no files.
void power_loss_acquire(void);
void power_loss_release(void);

// The power goes after so many more acts (writes, syncs, truncations, deletions, new files): the last of them fails
// half-way, and everything from then on fails. 0 is never.
void power_loss_after(int acts);

// The acts since power_loss_after was last called, and whether the power has gone.
int power_loss_acts(void);
int power_loss_struck(void);

// The power is back. Every file is what the seed left of it. Requires: every connection was closed.
void power_loss_restore(uint64_t seed);

// The bytes of a file as they are now; -1 if there is none. They stay valid until the next act.
long long power_loss_file(const char *path, const uint8_t **bytes);

// Puts a file there, for a scene made by hand; of no bytes at all to take it away.
void power_loss_put(const char *path, const uint8_t *bytes, long long count);

// In how many files, temporary ones too and deleted ones as long as they are open, the bytes occur.
int power_loss_search(const uint8_t *bytes, long long count);

#endif
