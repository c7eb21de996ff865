/* Memory for keys that stay: where the kernel has it, memory that is taken out of its own map, so that not even root reads
 * it through the kernel; else memory that is locked, left out of cores and not inherited.
 * Must not be used for what is large or short-lived.
 * Used by keyd. */
#ifndef SYS_SECRET_H
#define SYS_SECRET_H

#include <stddef.h>

#include "base/err.h"

typedef enum SecretKind {
    SECRET_PLAIN = 0,  /* neither could be had (or a sanitizer build) */
    SECRET_LOCKED = 1, /* mlock, MADV_DONTDUMP, MADV_DONTFORK */
    SECRET_HIDDEN = 2, /* memfd_secret */
} SecretKind;

/* Zeroed. Give it back with secret_free and the same size. Errors: E_NO_MEMORY. */
MUST_USE Err secret_new(size_t size, void **ret_memory, SecretKind *ret_kind);
/* Wipes it first. NULL is fine. */
void secret_free(void *memory, size_t size);

#endif
