/* What happened to an account that its owner, and whoever is in a log with them, should know of.
 * Must not tell it of anybody who enrolled for the first time.
 * Called by session and reading. Rule: sign-in 3. */
#include "service/people/news.h"

#include "domain/evidence.h"

Err account_news(Tx *tx, Id person, int64_t now, Arena *scratch, AccountNews *ret_news)
{
    AccountNews news = {0};
    AuditRows rows = {0};
    size_t mark = arena_mark(scratch);

    TRY(store_audit_enrolments(tx, person, scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        const AuditLine *line = &rows.items[i].line;
        bool anew = line->outcome == AUDIT_ALLOWED && line->reason == ENROLMENT_ANEW;
        if (line->at < now - NEWS_MS)
            break;
        if (anew && news.anew_at == 0)
            news.anew_at = line->at;
        if (line->outcome == AUDIT_REFUSED && news.tried_at == 0)
            news.tried_at = line->at;
    }
    arena_rewind(scratch, mark);
    news.fresh = news.anew_at > now - NEWS_FRESH_MS || news.tried_at > now - NEWS_FRESH_MS;
    *ret_news = news;
    return ok();
}

bool account_was_anew(const AccountNews *news, int64_t at)
{
    return news->anew_at != 0 && at >= news->anew_at && at < news->anew_at + NEWS_MS;
}
