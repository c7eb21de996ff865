/* The one list of things that can go wrong, and the result type of every function that can fail.
 * Must not hold personal data: texts are constants.
 * Used by every folder. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>
#include <stdint.h>

/* name, HTTP status, exit code, text for operators */
#define ERRS(X)                                                                        \
    X(OK, 200, 0, "ok")                                                                \
    X(NO_MEMORY, 503, 3, "the request needed more memory than its cap")                \
    X(TOO_LARGE, 413, 3, "the input is larger than its limit")                         \
    X(TRUNCATED, 400, 3, "the input ends too early")                                   \
    X(MALFORMED, 400, 3, "the input is not of the expected form")                      \
    X(BAD_UTF8, 400, 3, "the text is not UTF-8, or holds a NUL")                       \
    X(RANGE, 422, 3, "the value is outside its range")                                 \
    X(INVALID, 422, 3, "one or more fields are not valid")                             \
    X(USAGE, 400, 100, "the command was not understood; try --help")                   \
    X(NOT_FOUND, 404, 6, "no such thing, or no right to know of it")                   \
    X(FORBIDDEN, 404, 6, "the policy refuses this act")                                \
    X(NO_SESSION, 403, 6, "no valid session")                                          \
    X(BAD_ORIGIN, 403, 6, "the request does not come from our own page")               \
    X(STALE, 409, 5, "someone else has changed this")                                  \
    X(DUPLICATE, 409, 5, "this exists already")                                        \
    X(REPLAYED, 409, 5, "this form was sent before")                                   \
    X(SEALED, 503, 7, "the key agent is sealed; two custodians must unseal it")        \
    X(NO_AGENT, 503, 7, "the key agent does not answer")                               \
    X(NO_GRANT, 403, 6, "the key agent knows no such grant; sign in again")            \
    X(BUDGET, 429, 8, "an access budget of the key agent is used up")                  \
    X(BUSY, 503, 8, "too much waits; try again soon")                                  \
    X(CRYPTO, 503, 9, "a cryptographic operation failed")                              \
    X(FORGED, 503, 9, "a sealed value or chain does not match what was written")       \
    X(HELD, 503, 9, "the log is closed until two persons open it again")               \
    X(WRONG_SHARE, 422, 9, "the share or its passphrase is wrong")                     \
    X(SAME_CUSTODIAN, 409, 9, "this custodian has given a share already")              \
    X(MODE, 422, 9, "not allowed in this mode (production, demo or test)")             \
    X(CLOCK, 503, 9, "the clock went backwards")                                       \
    X(DISK_FULL, 503, 4, "the disk is full")                                           \
    X(IO, 503, 4, "an operating system call failed")                                   \
    X(STORE, 503, 4, "the database failed")                                            \
    X(UNKNOWN_OUTCOME, 503, 4, "the commit's outcome is unknown; send it again as it is") \
    X(SCHEMA, 503, 4, "the database is of another version than this program")          \
    X(INTERNAL, 500, 9, "a mistake of our own")                                        \
    X(OPEN_LINK, 503, 4, "the link to the database is neither a Unix socket nor verified TLS (sslmode=verify-full)") \
    X(MEDIA_TYPE, 415, 3, "the content type is not one that is read here")             \
    X(NO_VERSION, 428, 3, "the request does not say which version it changes")

#define X(name, http, code, text) E_##name,
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
