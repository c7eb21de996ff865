/* Pages leave compressed for whoever takes gzip (docs/decisions/0007).
 * Must not compress a file, a document of the API or an error.
 * Used by gateway.c and exchange.c. */
#ifndef GATEWAY_COMPRESS_H
#define GATEWAY_COMPRESS_H

#include "gateway/gateway.h"

#define COMPRESS_MIN 1024 /* bytes; below it the head would outweigh what is saved */

/* 200 KiB of tables for one thread. They hold positions and counts between two pages, and no text. */
typedef struct libdeflate_compressor Compressor;

/* Errors: E_NO_MEMORY. */
MUST_USE Err compressor_new(Compressor **ret_compressor);
/* NULL is fine. */
void compressor_free(Compressor *compressor);
void compressor_freep(Compressor **compressor);

/* Whether this Accept-Encoding names gzip, and not with a weight of zero (RFC 9110, 12.5.3). */
bool accepts_gzip(Str accept_encoding);

/* Makes the body of a page (200, text/html, from COMPRESS_MIN) a gzip stream in the request's arena when the request takes
 * one, and notes in response->coding what its head must say. Where it does not fit, the page stays as it is. */
void compress_page(Compressor *compressor, const Request *request, Response *response);

#endif
