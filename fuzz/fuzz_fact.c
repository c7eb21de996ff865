/* Fuzz target: whatever 416 bytes come out of a box, they are no fact, or one that is written as it was read.
 * Must not need keys: what is read here is read after everything is proven.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>
#include <string.h>

#include "domain/statistics/facts.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    uint8_t plain[FACT_PLAIN_BYTES] = {0}, again[FACT_PLAIN_BYTES];
    Fact fact;

    memcpy(plain, bytes, length < sizeof plain ? length : sizeof plain);
    if (!is_ok(fact_decode(plain, &fact)))
        return 0;
    if (fact.actor_count > FACT_ACTORS_MAX)
        abort();
    fact_encode(&fact, again);
    if (memcmp(plain, again, sizeof plain) != 0)
        abort();
    return 0;
}
