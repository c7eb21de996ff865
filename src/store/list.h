/* Lists of rows, as reads return them.
 * Must not hold a row.
 * Used by the headers of rows. */
#ifndef STORE_LIST_H
#define STORE_LIST_H

#include <stdint.h>

#define STORE_LIST(Row, List)  \
    typedef struct List {      \
        Row *items;            \
        uint32_t count;        \
    } List

#endif
