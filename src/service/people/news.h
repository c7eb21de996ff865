/* What happened to an account that its owner, and whoever is in a log with them, should know of.
 * Must not tell it of anybody who enrolled for the first time.
 * Called by session and reading. Rule: sign-in 3. */
#ifndef SERVICE_PEOPLE_NEWS_H
#define SERVICE_PEOPLE_NEWS_H

#include "service/service.h"

#define NEWS_MS ((int64_t)30 * 24 * 60 * 60 * 1000) /* for so long it is told */
#define NEWS_FRESH_MS ((int64_t)7 * 24 * 60 * 60 * 1000) /* and so long whoever signs in is led past it */

/* UTC ms; 0: not within NEWS_MS. */
typedef struct AccountNews {
    int64_t anew_at;   /* somebody with a code took it into use in the place of its password and authenticator */
    int64_t tried_at;  /* somebody tried to, with a code that is not enough for it */
    bool fresh;        /* either, within NEWS_FRESH_MS */
} AccountNews;

MUST_USE Err account_news(Tx *tx, Id person, int64_t now, Arena *scratch, AccountNews *ret_news);
/* An act at this time, by a person of whom this is known, came after the account was taken into use anew, and not long after. */
bool account_was_anew(const AccountNews *news, int64_t at);

#endif
