/* The configuration of the front (nginx), written from our own tables so that both sides agree on headers and limits.
 * Must not name a secret; the certificate's key is named by its path only.
 * Used by cli (serve, demo) and the Debian package. */
#ifndef GATEWAY_FRONT_H
#define GATEWAY_FRONT_H

#include "base/buf.h"

/* Paths that start with prefix take bodies of up to body_mib. */
typedef struct FrontLimit {
    const char *prefix;     /* "/import/": starts with '/', never "/" or under "/assets/" */
    uint32_t body_mib;      /* 1..64 */
} FrontLimit;

/* What nginx shows when it answers by itself, for one of its statuses: a whole HTML page without '$', at most 2 KiB. */
typedef struct FrontPage {
    int status;             /* 400, 404, 408, 413, 429 or 503 */
    Str html;
} FrontPage;

/* Paths are absolute, of a-z A-Z 0-9 and / . _ - only. */
typedef struct FrontOptions {
    const char *address;    /* "0.0.0.0", "127.0.0.1", "[::]" */
    uint16_t port;          /* 1..65535 */
    const char *certificate;
    const char *key;
    const char *socket_path; /* the gateway's */
    const char *folder;     /* for the process id, the log and what is in transit; on tmpfs: an upload must not reach a disk */
    const char *asset_root; /* the folder that holds `assets/` */
    bool brotli;            /* libnginx-mod-http-brotli-static is installed */
    const char *user;       /* that workers run as; NULL when nginx itself is not started as root */
    const FrontLimit *limits;
    size_t limit_count;
    const FrontPage *pages; /* a status without one is answered with a line of plain text */
    size_t page_count;
    const char *sign_in_prefix; /* "/k/": what is posted there is counted for each address; NULL: nothing is */
    const char *familiar_cookie; /* of letters, digits and '_'; with it, those behind one address are counted apart; or NULL */
    const char *api_prefix; /* "/api/": paths under which the front's own answers are problems (RFC 9457) and no plain texts;
                               NULL: nowhere */
} FrontOptions;

/* Writes the whole file. The process stays in the foreground; SIGHUP reads certificates again, SIGQUIT stops after the
 * requests that run. Rules: web 4, 10-12; and what was measured.
 * Errors: E_MALFORMED when an option could change the file's meaning, E_RANGE. */
MUST_USE Err front_write(const FrontOptions *options, Buf *out);

#endif
