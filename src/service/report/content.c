/* The hash of what is archived of a log.
 * Must not look into anything sealed: the digests of the rows tell whether they changed.
 * Called by service/report, and by the acts that ask for a report. */
#include "service/report/content.h"

#include <string.h>

#include "crypto/crypto.h"
#include "domain/deletion.h"
#include "store/tables.h"

#define LABEL STR("stafettlogg report content 1")

static Err add_mark(Sha256 *sha, const RowMark *mark)
{
    TRY(sha256_add(sha, str_from_bytes(&mark->table, 1)));
    TRY(sha256_add(sha, str_from_bytes(mark->id.bytes, ID_BYTES)));
    return sha256_add(sha, str_from_bytes(mark->digest.bytes, HASH_BYTES));
}

/* Entries stand in their order among the marks, too. */
static Err add_entries(Sha256 *sha, const LogContent *content)
{
    for (uint32_t i = 0; i < content->entries.count && i < content->marks.entries.count; i++)
        if (kind_is_archived((KindId)content->entries.items[i].kind))
            TRY(add_mark(sha, &content->marks.entries.items[i]));
    return ok();
}

static Err add_rest(Sha256 *sha, const LogContent *content)
{
    for (uint32_t i = 0; i < content->marks.rest.count; i++)
        if (content->marks.rest.items[i].table != TABLE_PARTICIPANT)
            TRY(add_mark(sha, &content->marks.rest.items[i]));
    return ok();
}

Err report_content(const LogContent *content, Hash *ret_hash)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    Hash hash;

    TRY(sha256_new(&sha));
    TRY(sha256_add(sha, LABEL));
    TRY(add_entries(sha, content));
    TRY(add_rest(sha, content));
    TRY(sha256_done(sha, hash.bytes));
    *ret_hash = hash;
    return ok();
}

Err report_is_new(const ReportRow *report, const LogContent *content, bool *ret_new)
{
    Hash now;

    TRY(report_content(content, &now));
    *ret_new = memcmp(now.bytes, report->content.bytes, HASH_BYTES) == 0;
    return ok();
}
