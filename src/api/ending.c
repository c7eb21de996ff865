/* How logs end, as JSON.
 * Must not tell of a log more than its page does.
 * Called by web's handlers under /api/, and by write.c. */
#include "api/ending.h"

#include "api/write.h"

void write_order(Out *out, const LogOrder *order)
{
    out_moment_if(out, "deletion_ordered_at", order->ordered_at);
    out_moment_if(out, "deletion_approved_at", order->approved_at);
    out_moment_if(out, "purge_at", order->purge_at);
}

static void add_order(Out *out, const DeletionRow *row, Str unit)
{
    out_id(out, "log", row->log);
    write_number(out, row->display);
    out_text_if(out, "unit", unit);
    out_number(out, "cause", row->scenario);
    out_number(out, "archive", row->archive);
}

static void add_deletion(Out *out, const DeletionItem *item)
{
    const DeletionRow *row = &item->row;

    out_begin(out, NULL, '{');
    add_order(out, row, item->unit_name);
    if (row->ground != CODE_NONE)
        out_number(out, "ground", row->ground);
    out_text_if(out, "ordered_by", item->ordered_by);
    out_moment(out, "ordered_at", row->ordered_at);
    out_moment_if(out, "approved_at", row->approved_at);
    out_moment_if(out, "purge_at", row->purge_at);
    out_yes_no(out, "may_approve", item->may_approve);
    out_yes_no(out, "stop_asked", item->stop_asked);
    out_end(out, '}');
}

Err write_deletions(const DeletionItems *items, Str before, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_begin(&out, "deletions", '[');
    for (uint32_t i = 0; i < items->count; i++)
        add_deletion(&out, &items->items[i]);
    out_end(&out, ']');
    out_text_if(&out, "before", before);
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

static void add_certificate(Out *out, const CertificateItem *item)
{
    const DeletionRow *row = &item->row;

    out_begin(out, NULL, '{');
    add_order(out, row, item->unit_name);
    out_moment(out, "ordered_at", row->ordered_at);
    out_moment(out, "approved_at", row->approved_at);
    out_moment(out, "purged_at", row->purged_at);
    out_day(out, "last_on", item->last_on);
    out_moment_if(out, "confirmed_at", row->confirmed_at);
    out_end(out, '}');
}

Err write_certificates(const CertificateItems *items, Str before, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_begin(&out, "certificates", '[');
    for (uint32_t i = 0; i < items->count; i++)
        add_certificate(&out, &items->items[i]);
    out_end(&out, ']');
    out_text_if(&out, "before", before);
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}
