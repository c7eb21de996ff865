/* The rules of signing in, as plain arithmetic: which passwords may be chosen, how long to wait after a failure, and
 * whether a session is still alive (rules: sign-in 9).
 * Must not know a person, a clock or a row.
 * Called by service/session. */
#ifndef DOMAIN_SIGNIN_H
#define DOMAIN_SIGNIN_H

#include "base/arena.h"
#include "domain/acts.h"
#include "domain/roles.h"

#define PASSWORD_MAX_CODE_POINTS 128
#define SESSION_IDLE_STAFF_MS ((int64_t)15 * 60 * 1000)
#define SESSION_IDLE_FAMILY_MS ((int64_t)30 * 60 * 1000)
/* Eight hours, less what serve's clock may be ahead of the key agent's: it gives no grant beyond its own eight hours. */
#define SESSION_CLOCK_MARGIN_MS ((int64_t)5 * 60 * 1000)
#define SESSION_WHOLE_MS ((int64_t)8 * 60 * 60 * 1000 - SESSION_CLOCK_MARGIN_MS)
#define SESSION_TOUCH_MS ((int64_t)60 * 1000)
#define BACKOFF_FREE_FAILURES 4
#define BACKOFF_MAX_MS ((int64_t)5 * 60 * 1000)
#define ADDRESS_FREE_FAILURES 20
#define ADDRESS_MAX_MS ((int64_t)60 * 1000)
#define ADDRESS_FORGIVE_MS ((int64_t)30 * 1000) /* one failure of an address is forgotten after each */
#define SIGNIN_GROUP_TEXT 48

/* What strangers may try in one municipality, of what the key agent allows there without a grant (keyd's ceilings; an attempt
 * asks it twice). FRESH: from an address that did not fail more than once within the hour; WORN: from the others. What is left is
 * for those who are familiar. A test holds both tables together. */
#define SIGNIN_ASKS 2
#define SIGNIN_FRESH_MINUTE 60
#define SIGNIN_WORN_MINUTE 20
#define SIGNIN_FRESH_HOUR 1300
#define SIGNIN_WORN_HOUR 300
#define SIGNIN_FRESH_FAILURES 1
#define SIGNIN_MINUTE_MS ((int64_t)60 * 1000)
#define SIGNIN_HOUR_MS ((int64_t)60 * 60 * 1000)
/* How many are looked at at once, or wait for their password to be hashed: of strangers, of which so many are WORN; and of those
 * who are familiar. Whoever finds no place comes back in SIGNIN_BACK_MS; one who does not wait is counted as failing. */
#define SIGNIN_STRANGERS_AT_ONCE 4
#define SIGNIN_WORN_AT_ONCE 1
#define SIGNIN_FAMILIAR_AT_ONCE 6
#define SIGNIN_BACK_MS ((int64_t)3 * 1000)
/* A browser that signed in is familiar for half a year. */
#define SIGNIN_FAMILIAR_DAYS 180
/* Lines of the audit about strangers, each of its own, in an hour of one municipality. */
#define SIGNIN_LINES_HOUR 60

/* User names and e-mail addresses of accounts in the one form in which they are indexed and compared: as people read them
 * (base/clean.h text_fold). Errors: E_INVALID for what can be neither: nothing, a space inside, or digits alone, which might be
 * somebody's national id; E_BAD_UTF8; E_NO_MEMORY. */
MUST_USE Err signin_name(Str typed, Arena *keep, Str *ret_name);

/* 15 to 128 code points, no rule of composition; refused are common passphrases, repetitions of a short piece, rows of
 * the keyboard or of digits, and what holds little but the user name or the product's name. Capitals, spaces and
 * punctuation do not make such a password better. */
bool signin_password_good(Str password, Str user_name);

/* Milliseconds to wait after so many failures in a row: none for the first four, then 1 s doubled up to 5 minutes. It
 * ends by itself: nobody can lock another person out for good. */
int64_t signin_wait(uint32_t failures);

/* The same for an address, behind which a whole school may sit: none for the first twenty, then 1 s doubled up to a minute. */
int64_t signin_address_wait(uint32_t failures);

/* The part of a client's address that one subscriber has: all of IPv4, the first half of IPv6 ("2001:db8:0:7"), because
 * anybody can change the other half at will. What is no address stays as it is, cut to the room. */
void signin_address_group(Str address, char ret_text[static SIGNIN_GROUP_TEXT]);

/* UTC ms of a session's beginning, of its last touch and of its end. */
typedef struct SessionTimes {
    int64_t created_at;
    int64_t touched_at;
    int64_t ends_at;
} SessionTimes;

/* Alive: not idle longer than the role may be (staff 15 minutes, family 30; no role chosen yet counts as staff), not
 * older than 8 hours, not ended. A time before the session's own is a clock gone wrong, and no session. */
bool signin_session_alive(SessionTimes times, Role role, int64_t now);

/* True at most once a minute: when the last touch shall be written again. */
bool signin_session_touch_due(SessionTimes times, int64_t now);

/* Acts that ask for a code anew when the person last gave one SIGNIN_PROOF_MS ago or more: what takes data out of the system,
 * deletes, or gives and takes rights (rules: sign-in 14). A proof that lies ahead is
 * of a clock gone wrong, and none. */
#define SIGNIN_PROOF_MS ((int64_t)10 * 60 * 1000)
bool signin_must_prove(Act act, int64_t proved_at, int64_t now);

#endif
