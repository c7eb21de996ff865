/* Whoever can write a database, whichever it is: SQL past the store.
 * Must not be used to make what a test needs to stand there by right.
 * Included by conform_stranger.c and conform_put_back.c. */
#ifndef TESTS_BY_HAND_H
#define TESTS_BY_HAND_H

#include "support/stores.h"

#include "store/driver.h"

/* sql with bytes as this database writes them. */
__attribute__((unused)) static void by_hand(const Place *place, const char *text)
{
    TEST_ARENA(keep);
    Buf sql = buf_new(keep, 8192);
    Str rest = str_from_c(text), done;
    char database[ID_TEXT + 1], *script = NULL;
    Link *link = NULL;

    while (rest.length > 0) {
        Str part;
        bool bytes = str_find(rest, '{', 0) < rest.length;
        rest = str_cut(rest, '{', &part);
        buf_add(&sql, part);
        if (!bytes)
            break;
        rest = str_cut(rest, '}', &part);
        buf_format(&sql, place->server ? "'\\x%.*s'::bytea" : "x'%.*s'", STR_ARGS(part));
    }
    EXPECT_OK(buf_done(&sql, &done));
    EXPECT_OK(str_to_c(keep, done, &script));
    id_to_text(place->tenant, database);
    EXPECT_OK(place->driver->connect(str_from_c(place->server ? place->server : place->folder), database, LINK_WRITES, &link));
    EXPECT_OK(place->driver->script(link, script));
    place->driver->close(link);
}

#endif
