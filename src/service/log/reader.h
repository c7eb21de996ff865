/* Who reads a log, and where what is read lives: the first argument of the functions that enter one or show part of it.
 * Must not hold a right: each function asks for its own.
 * Used by the rooms log, reading and acts, and by their callers. */
#ifndef SERVICE_LOG_READER_H
#define SERVICE_LOG_READER_H

#include "service/service.h"

typedef struct LogReader {
    Service *service;
    const Actor *actor;
    Arena *keep;
} LogReader;

#endif
