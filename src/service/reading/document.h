/* The document of a consent, opened.
 * Must not hand it out before its line is durable.
 * Called by web. Rule: reading-and-writing 2. */
#ifndef SERVICE_READING_DOCUMENT_H
#define SERVICE_READING_DOCUMENT_H

#include "service/log/reader.h"

/* The consent document, opened. One line. */
MUST_USE Err log_document_read(const LogReader *reader, Id log, Id consent, Str *ret_bytes, uint8_t *ret_media);

#endif
