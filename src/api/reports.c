/* Archive reports as JSON.
 * Must say the same as the shapes archive_report and archive_reports.
 * Called by web's handlers under /api/. */
#include "api/reports.h"

#include "api/out.h"
#include "api/write.h"

static void write_hash(Out *out, const char *name, const Hash *hash)
{
    Buf *buf = out_value(out, name);

    buf_add_char(buf, '"');
    buf_add_hex(buf, str_from_bytes(hash->bytes, HASH_BYTES));
    buf_add_char(buf, '"');
}

static void add_report(Out *out, const char *name, const ReportTold *told)
{
    out_begin(out, name, '{');
    out_id(out, "log", told->row.log);
    out_number(out, "number", told->display);
    out_moment(out, "made_at", told->row.made_at);
    out_number(out, "size", told->row.size);
    write_hash(out, "sha256", &told->row.sha256);
    write_hash(out, "content", &told->row.content);
    out_yes_no(out, "is_new", told->is_new);
    if (told->gone_on != 0) {
        out_day(out, "gone_on", told->gone_on);
        out_day(out, "backups_gone_on", told->backups_gone_on);
    }
    out_end(out, '}');
}

static void add_order(Out *out, const ReportOrderRow *order)
{
    if (id_is_none(order->id))
        return;
    out_moment(out, "ordered_at", order->ordered_at);
    if (order->failed != 0) {
        out_number(out, "failed", order->failed);
        return;
    }
    out_number(out, "phase", order->phase);
    out_number(out, "done", order->done);
    out_number(out, "total", order->total);
}

static Err write_all(const ReportTold *items, uint32_t count, const ReportOrderRow *order, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, API_ANSWER_MAX);

    out_begin(&out, NULL, '{');
    out_begin(&out, "reports", '[');
    for (uint32_t i = 0; i < count; i++)
        add_report(&out, NULL, &items[i]);
    out_end(&out, ']');
    add_order(&out, order);
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}

Err write_report(const ReportTold *told, Arena *keep, Str *ret_body)
{
    return write_all(told, id_is_none(told->row.id) ? 0 : 1, &told->order, keep, ret_body);
}

Err write_reports(const ReportList *list, Arena *keep, Str *ret_body)
{
    return write_all(list->items, list->count, &(ReportOrderRow){0}, keep, ret_body);
}
