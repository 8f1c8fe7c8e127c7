# SQLite's test program with the page cipher in it, from the Makefile that SQLite's configure has made in this folder.
#
# SQLite is compiled from its many files and not from its one, so that the linker can put shape.c between them.
# ROOT is the project's root.
include Makefile

CIPHER = $(ROOT)/Sources/CPageCipher
SUITE = $(ROOT)/Tests/SQLiteSuite
# The order of the one file names them all.
LIBRARY = $(shell sed -n '/^foreach file {/,/^}/p' $(TOP)/tool/mksqlite3c.tcl | grep -o '[A-Za-z0-9_]*\.c')
SOURCES = $(addprefix tsrc/,$(LIBRARY)) $(filter-out %/fts3_term.c,$(TESTSRC)) $(TOP)/ext/fts3/fts3_term.c \
	$(TOP)/src/tclsqlite.c
# The cipher and SQLite both have a random.c.
OBJECTS = $(addprefix objects/,$(notdir $(SOURCES:.c=.o))) objects/cipher/shape.o \
	$(patsubst $(CIPHER)/%.c,objects/cipher/%.o,$(wildcard $(CIPHER)/*.c))
FLAGS = -DSQLITE_NO_SYNC=1 $(TEMP_STORE) $(TESTFIXTURE_FLAGS) -Itsrc -I$(CIPHER)/include \
	-DSQLITE_EXTRA_INIT=suite_begin -DSQLITE_EXTRA_SHUTDOWN=suite_end

WRAPPED = BtreeOpen BtreeSetPageSize _vfs_register _vfs_unregister
COMMA = ,

vpath %.c $(sort $(dir $(SOURCES)))

objects/%.o: %.c | objects/cipher
	$(TCC) $(FLAGS) -c $< -o $@

objects/cipher/%.o: $(CIPHER)/%.c | objects/cipher
	$(CC) -g -O2 -std=c11 -Wall -Wextra -Werror -Itsrc -I$(CIPHER)/include -c $< -o $@

objects/cipher/shape.o: $(SUITE)/shape.c | objects/cipher
	$(CC) -g -O2 -std=c11 -Wall -Wextra -Werror -Itsrc -I$(CIPHER)/include -c $< -o $@

objects/cipher:
	mkdir -p $@

strongroom-testfixture: $(OBJECTS)
	$(TCC) -o $@ $(OBJECTS) $(addprefix -Wl$(COMMA)--wrap=sqlite3,$(WRAPPED)) $(LIBTCL) $(TLIBS) -lcrypto
