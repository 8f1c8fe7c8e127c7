# SQLite's test program with the page cipher in it, from the Makefile that SQLite's configure has made in this folder.
#
# SQLite is compiled from its many files and not from its one, so that the linker can put shape.c between them.
# ROOT is the project's root.
include Makefile

CIPHER = $(ROOT)/Sources/CPageCipher
SUITE = $(ROOT)/Tests/SQLiteSuite
# The order of the one file names them all.
LIBRARY = $(shell sed -n '/^foreach file {/,/^}/p' $(TOP)/tool/mksqlite3c.tcl | grep -o '[A-Za-z0-9_]*\.c')
SOURCES = $(addprefix tsrc/,$(LIBRARY)) $(TESTSRC) $(TOP)/src/tclsqlite.c
# The cipher and SQLite both have a random.c.
OURS = $(addprefix objects/cipher/,shape.o $(notdir $(patsubst %.c,%.o,$(wildcard $(CIPHER)/*.c))))
OBJECTS = $(sort $(addprefix objects/,$(notdir $(SOURCES:.c=.o)))) $(OURS)
FLAGS = -DSQLITE_NO_SYNC=1 $(TEMP_STORE) $(TESTFIXTURE_FLAGS) \
	-DSQLITE_EXTRA_INIT=suite_begin -DSQLITE_EXTRA_SHUTDOWN=suite_end
OUR_FLAGS = -g -O2 -std=c11 -Wall -Wextra -Werror -DPAGE_CIPHER_MOVED_LOCKS -Itsrc -I$(CIPHER)/include
WRAPPED = BtreeOpen BtreeSetPageSize OsDeviceCharacteristics _vfs_register _vfs_unregister
COMMA = ,

vpath %.c $(sort $(dir $(SOURCES)))

# Their disks are told what is below the cipher, and how one of them may crash; see shape.c.
objects/test6.o objects/test_devsym.o: FLAGS += -Dsqlite3_vfs_find=suite_disk_below
objects/test6.o: FLAGS += -Dsqlite3_randomness=suite_crash_randomness

objects/%.o: %.c | objects/cipher
	$(TCC) $(FLAGS) -c $< -o $@

objects/cipher/%.o: $(CIPHER)/%.c $(wildcard $(CIPHER)/*.h $(CIPHER)/include/*.h) | objects/cipher
	$(CC) $(OUR_FLAGS) -c $< -o $@

objects/cipher/shape.o: $(SUITE)/shape.c | objects/cipher
	$(CC) $(OUR_FLAGS) -c $< -o $@

objects/cipher:
	mkdir -p $@

strongroom-testfixture: $(OBJECTS)
	$(TCC) -o $@ $(OBJECTS) $(addprefix -Wl$(COMMA)--wrap=sqlite3,$(WRAPPED)) $(LIBTCL) $(TLIBS) -lcrypto
