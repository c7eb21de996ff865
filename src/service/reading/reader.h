/* Who reads, and where what is read lives: the first argument of what this room does.
 * Must not hold a right: each function asks for its own.
 * Used by this room and its callers. */
#ifndef SERVICE_READING_READER_H
#define SERVICE_READING_READER_H

#include "service/service.h"

typedef struct LogReader {
    Service *service;
    const Actor *actor;
    Arena *keep;
} LogReader;

#endif
