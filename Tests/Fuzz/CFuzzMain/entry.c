// The package manager gives each program's entry point the name <target>_main. libFuzzer brings a `main` of its own,
// which it therefore cannot find; these are the entry points instead.
#include "CFuzzMain.h"
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*test)(const uint8_t *bytes, size_t byteCount));
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t byteCount);

static int run(int count, char **arguments) {
    return LLVMFuzzerRunDriver(&count, &arguments, LLVMFuzzerTestOneInput);
}

int FuzzCedarPolicy_main(int count, char **arguments) { return run(count, arguments); }
int FuzzCedarSchema_main(int count, char **arguments) { return run(count, arguments); }
int FuzzCedarEntities_main(int count, char **arguments) { return run(count, arguments); }
int FuzzCedarEST_main(int count, char **arguments) { return run(count, arguments); }
int FuzzKeyring_main(int count, char **arguments) { return run(count, arguments); }
int FuzzIdentity_main(int count, char **arguments) { return run(count, arguments); }
int FuzzShare_main(int count, char **arguments) { return run(count, arguments); }
int FuzzSealed_main(int count, char **arguments) { return run(count, arguments); }
