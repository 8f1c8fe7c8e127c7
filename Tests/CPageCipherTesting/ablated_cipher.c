#define PAGE_CIPHER_ABLATION
#define page_cipher_register ablated_register
#define page_cipher_unregister ablated_unregister
#define page_cipher_random ablated_random
#define page_cipher_refuse_addresses ablated_refuse_addresses
#define page_cipher_xaes_seal ablated_xaes_seal
#define page_cipher_xaes_open ablated_xaes_open

// The same sources as the product's, in one file so that nothing of them meets the product's own.
#include "../../Sources/CPageCipher/internal.h"

#include "../../Sources/CPageCipher/checkpoint.c"
#include "../../Sources/CPageCipher/database.c"
#include "../../Sources/CPageCipher/database_pages.c"
#include "../../Sources/CPageCipher/disk.c"
#include "../../Sources/CPageCipher/journal.c"
#include "../../Sources/CPageCipher/locked_memory.c"
#include "../../Sources/CPageCipher/log.c"
#include "../../Sources/CPageCipher/page.c"
#include "../../Sources/CPageCipher/random.c"
#include "../../Sources/CPageCipher/read_ahead.c"
#include "../../Sources/CPageCipher/store.c"
#include "../../Sources/CPageCipher/temporary.c"
#include "../../Sources/CPageCipher/xaes.c"

#include "ablated_cipher.h"

_Static_assert((int)ablated_forked_nonces == (int)page_cipher_rule_forked_nonces, "the rules stand in one order");

void ablated_set_rule(int rule) {
    page_cipher_ablated_rule = rule;
    // What a fork does to the stock is settled when it is made.
    pthread_mutex_lock(&random_guard);
    locked_free(random_page, sizeof *random_page);
    random_page = 0;
    pthread_mutex_unlock(&random_guard);
}
