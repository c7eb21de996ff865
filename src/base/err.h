/* The one list of things that can go wrong, and the result type of every function that can fail.
 * Must not hold personal data: texts are constants.
 * Used by every folder. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>
#include <stdint.h>

/* name, number (on the wire and in journals for ever), HTTP status, exit code, text for operators */
#define ERRS(X)                                                                                                          \
    X(OK, 0, 200, 0, "ok")                                                                                               \
    X(NO_MEMORY, 1, 503, 3, "the request needed more memory than its cap")                                               \
    X(TOO_LARGE, 2, 413, 3, "the input is larger than its limit")                                                        \
    X(TRUNCATED, 3, 400, 3, "the input ends too early")                                                                  \
    X(MALFORMED, 4, 400, 3, "the input is not of the expected form")                                                     \
    X(BAD_UTF8, 5, 400, 3, "the text is not UTF-8, or holds a NUL")                                                      \
    X(RANGE, 6, 422, 3, "the value is outside its range")                                                                \
    X(INVALID, 7, 422, 3, "one or more fields are not valid")                                                            \
    X(USAGE, 8, 400, 100, "the command was not understood; try --help")                                                  \
    X(NOT_FOUND, 9, 404, 6, "no such thing, or no right to know of it")                                                  \
    X(FORBIDDEN, 10, 404, 6, "the policy refuses this act")                                                              \
    X(NO_SESSION, 11, 403, 6, "no valid session")                                                                        \
    X(BAD_ORIGIN, 12, 403, 6, "the request does not come from our own page")                                             \
    X(STALE, 13, 409, 5, "someone else has changed this")                                                                \
    X(DUPLICATE, 14, 409, 5, "this exists already")                                                                      \
    X(REPLAYED, 15, 409, 5, "this form was sent before")                                                                 \
    X(SEALED, 16, 503, 7, "the key agent is sealed; two custodians must unseal it")                                      \
    X(NO_AGENT, 17, 503, 7, "the key agent does not answer")                                                             \
    X(NO_GRANT, 18, 403, 6, "the key agent knows no such grant; sign in again")                                          \
    X(BUDGET, 19, 429, 8, "an access budget of the key agent is used up")                                                \
    X(BUSY, 20, 503, 8, "too much waits; try again soon")                                                                \
    X(CRYPTO, 21, 503, 9, "a cryptographic operation failed")                                                            \
    X(FORGED, 22, 503, 9, "a sealed value or chain does not match what was written")                                     \
    X(HELD, 23, 503, 9, "the log is closed until two persons open it again")                                             \
    X(WRONG_SHARE, 24, 422, 9, "the share or its passphrase is wrong")                                                   \
    X(SAME_CUSTODIAN, 25, 409, 9, "this custodian has given a share already")                                            \
    X(MODE, 26, 422, 9, "not allowed in this mode (production, demo or test)")                                           \
    X(CLOCK, 27, 503, 9, "the clock went backwards")                                                                     \
    X(DISK_FULL, 28, 503, 4, "the disk is full")                                                                         \
    X(IO, 29, 503, 4, "an operating system call failed")                                                                 \
    X(STORE, 30, 503, 4, "the database failed")                                                                          \
    X(UNKNOWN_OUTCOME, 31, 503, 4, "the commit's outcome is unknown; send it again as it is")                            \
    X(SCHEMA, 32, 503, 4, "the database is of another version than this program, or has foreign triggers or views")      \
    X(INTERNAL, 33, 500, 9, "a mistake of our own")                                                                      \
    X(OPEN_LINK, 34, 503, 4, "the link to the database is neither a Unix socket nor verified TLS (sslmode=verify-full)") \
    X(MEDIA_TYPE, 35, 415, 3, "the content type is not one that is read here")                                           \
    X(PROVE, 36, 403, 6, "the act needs a code anew: the last proof of who acts is too old")                             \
    X(NO_VERSION, 37, 428, 3, "the request does not say which version it changes")                                               \
    X(STOPPED, 38, 503, 8, "it was stopped before its end; what is stored stays")                                                      \
    X(REFUSED, 39, 403, 6, "the policy refuses this act to somebody who may know of the thing")                         \
    X(SHUT, 40, 404, 6, "the asker knows of the log and has no access to it")                                            \
    X(REASON, 41, 422, 3, "a reason has to be given first")                                                            \
    X(REUSED, 42, 409, 5, "this form was sent before with another content")

#define X(name, number, http, code, text) E_##name = (number),
enum err_id { ERRS(X) E_COUNT };
#undef X

/* A struct, so that `if (!f())` does not compile and an Err is never mistaken for a bool. */
typedef struct Err {
    enum err_id id;
    uint32_t line;
    const char *file;
} Err;

#define MUST_USE __attribute__((warn_unused_result))
#define ok() ((Err){.id = E_OK})
#define fail(e) ((Err){.id = (e), .line = __LINE__, .file = __FILE__})

/* The only macro that hides a return. */
#define TRY(call)                        \
    do {                                 \
        Err try_e = (call);              \
        if (try_e.id != E_OK)            \
            return try_e;                \
    } while (0)

static inline bool is_ok(Err e)
{
    return e.id == E_OK;
}

/* Name ("NO_MEMORY"), HTTP status, exit code and operator text of an error. Constants. */
const char *err_name(enum err_id id);
int err_http(enum err_id id);
int err_exit(enum err_id id);
const char *err_text(enum err_id id);

/* AUTO(fn) closes a handle at the end of its scope; fn takes a pointer to the variable.
 * TAKE(x) hands the handle over and leaves the zero value behind. */
#define AUTO(fn) __attribute__((cleanup(fn)))
#define TAKE(x)                          \
    ({                                   \
        __typeof__(x) take_v = (x);      \
        (x) = (__typeof__(x)){0};        \
        take_v;                          \
    })

#define COUNT_OF(a) (sizeof(a) / sizeof *(a))

#endif
