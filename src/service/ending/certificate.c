/* A certificate as text, signed and checked. The text has one form only: it is signed as it stands.
 * Must not take a word from anybody: codes, ids, times and numbers.
 * Called by purge.c and cli. Rule: deletion 11. Format: docs/formats.md. */
#include "service/ending/certificate.h"

#include <string.h>

#include "base/calendar.h"
#include "domain/clocks.h"
#include "domain/codes.h"
#include "domain/roles.h"
#include "keys/documents.h"

#define HEAD "{\"certificate\":"
#define TAIL ",\"signature\":\""
#define END "\"}\n"
#define SIGNATURE_TEXT ((size_t)2 * SIGNATURE_BYTES)
#define KIND "{\"kind\":\"stafettlogg-deletion-certificate-1\","
#define LINES_MAX 100

/* ---- what the lines say ---- */

static void take_line(const AuditRow *row, Certificate *certificate)
{
    const AuditLine *line = &row->line;

    if (line->act == ACT_DELETION_ORDER && certificate->ordered_role == 0)
        certificate->ordered_role = line->role;
    if (line->act == ACT_DELETION_APPROVE && certificate->approved_role == 0)
        certificate->approved_role = line->role;
    if ((line->act == ACT_LOG_PURGE || line->act == ACT_RESTORE) && certificate->audit == 0)
        certificate->audit = row->seq;
}

static void want(ActSet *acts, enum Act act)
{
    acts->bits[(unsigned)act / 64] |= UINT64_C(1) << ((unsigned)act % 64);
}

Err certificate_read_lines(Tx *tx, Arena *keep, Certificate *certificate)
{
    ActSet acts = {{0}};
    AuditRows rows = {0};

    want(&acts, ACT_DELETION_ORDER);
    want(&acts, ACT_DELETION_APPROVE);
    want(&acts, ACT_LOG_PURGE);
    want(&acts, ACT_RESTORE);
    TRY(store_audit_seen(tx, &(AuditPage){.of = certificate->deletion.log, .acts = &acts, .max = LINES_MAX}, keep, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        take_line(&rows.items[i], certificate);
    return ok();
}

/* ---- the text ---- */

static void add_key(Buf *buf, const char *key)
{
    buf_format(buf, "\"%s\":", key);
}

static void add_id(Buf *buf, const char *key, Id id)
{
    add_key(buf, key);
    buf_add_char(buf, '"');
    buf_add_id(buf, id);
    buf_add(buf, STR("\","));
}

static void add_number(Buf *buf, const char *key, int64_t number)
{
    add_key(buf, key);
    buf_add_i64(buf, number);
    buf_add_char(buf, ',');
}

/* UTC, to the millisecond; nothing where there is no time. */
static void add_time(Buf *buf, const char *key, int64_t at)
{
    add_key(buf, key);
    if (at == 0) {
        buf_add(buf, STR("null,"));
        return;
    }
    buf_add_char(buf, '"');
    buf_add_day(buf, DAY_1970 + (Day)(at / 86400000));
    buf_format(buf, "T%02d:%02d:%02d.%03dZ\",", (int)(at / 3600000 % 24), (int)(at / 60000 % 60), (int)(at / 1000 % 60), (int)(at % 1000));
}

static void add_who(Buf *buf, const char *key, Id person, unsigned role)
{
    add_key(buf, key);
    buf_add_char(buf, '{');
    add_id(buf, "person", person);
    buf_format(buf, "\"role\":\"%s\"},", role_code((Role)role));
}

static void add_hash(Buf *buf, const char *key, const Hash *hash)
{
    static const Hash none;

    add_key(buf, key);
    if (memcmp(hash, &none, sizeof none) == 0) {
        buf_add(buf, STR("null,"));
        return;
    }
    buf_add_char(buf, '"');
    buf_add_hex(buf, str_from_bytes(hash->bytes, HASH_BYTES));
    buf_add(buf, STR("\","));
}

/* Then how many facts stay; certificates of before there were facts end without. */
static void add_removed(Buf *buf, Str removed)
{
    static const char *const codes[] = {
#define X(name, code) code,
        PURGE_KINDS(X)
#undef X
    };
    Cursor cursor = cursor_new(removed);

    buf_add(buf, STR("\"removed\":{"));
    for (size_t i = 0; i < PURGED_KINDS; i++)
        buf_format(buf, "%s\"%s\":%u", i > 0 ? "," : "", codes[i], cursor_u32(&cursor));
    buf_format(buf, "},\"facts\":%u,", removed.length == REMOVED_BYTES ? cursor_u32(&cursor) : 0);
}

/* The last Oslo day on which a backup can show it. */
static void add_last_day(Buf *buf, int64_t purged_at)
{
    buf_add(buf, STR("\"t2_planned\":\""));
    buf_add_day(buf, clock_day(CLOCK_BACKUP_END, oslo_day(purged_at), NULL) - 1);
    buf_add(buf, STR("\","));
}

static Err body_of(Id tenant, const Certificate *made, Arena *keep, Str *ret_body)
{
    const DeletionRow *row = &made->deletion;
    Buf buf = buf_new(keep, CERTIFICATE_MAX);

    buf_add(&buf, STR(KIND));
    add_id(&buf, "municipality", tenant);
    add_id(&buf, "log", row->log);
    add_number(&buf, "number", row->display);
    add_number(&buf, "scenario", row->scenario);
    add_number(&buf, "archive", row->archive);
    add_number(&buf, "ground", row->ground);
    add_hash(&buf, "report", &row->report_hash);
    add_who(&buf, "ordered_by", row->ordered_by, made->ordered_role);
    add_time(&buf, "ordered_at", row->ordered_at);
    add_who(&buf, "approved_by", row->approved_by, made->approved_role ? made->approved_role : made->ordered_role);
    add_time(&buf, "t0", row->approved_at);
    add_time(&buf, "t1", row->purged_at);
    add_number(&buf, "paused_ms", row->pause_ms);
    buf_add(&buf, STR("\"method\":\"rows overwritten, key of the log destroyed, keys of the municipality turned\","));
    add_removed(&buf, made->row.removed);
    add_last_day(&buf, row->purged_at);
    add_time(&buf, "t2", row->confirmed_at);
    add_number(&buf, "audit", made->audit);
    buf_format(&buf, "\"ledger\":%llu}", (unsigned long long)made->ledger);
    return buf_done(&buf, ret_body);
}

Err certificate_sign(const Service *service, Id tenant, Arena *keep, Certificate *certificate)
{
    uint8_t signature[SIGNATURE_BYTES] = {0};
    SignedDocument document = {.tenant = tenant, .kind = DOCUMENT_CERTIFICATE};

    TRY(body_of(tenant, certificate, keep, &certificate->row.body));
    TRY(sha256(certificate->row.body, certificate->hash.bytes));
    memcpy(document.sha256, certificate->hash.bytes, HASH_BYTES);
    TRY(keys_sign_document(service->keys, &document, signature));
    return str_copy(keep, str_from_bytes(signature, sizeof signature), &certificate->row.signature);
}

/* ---- read ---- */

static bool after(Str *rest, const char *text)
{
    const Str wanted = str_from_c(text);

    if (rest->length < wanted.length || memcmp(rest->data, wanted.data, wanted.length) != 0)
        return false;
    *rest = str_slice(*rest, wanted.length, rest->length);
    return true;
}

Err certificate_ledger(Str body, uint64_t *ret_ledger)
{
    const Str key = STR("\"ledger\":");
    uint64_t number = 0;

    for (size_t at = 0; at + key.length <= body.length; at++) {
        if (memcmp(body.data + at, key.data, key.length) != 0)
            continue;
        for (size_t i = at + key.length; i < body.length && body.data[i] >= '0' && body.data[i] <= '9'; i++)
            number = number * 10 + (uint64_t)(body.data[i] - '0');
        *ret_ledger = number;
        return ok();
    }
    return fail(E_MALFORMED);
}

Err certificate_file(const CertificateRow *row, Arena *keep, Str *ret_file)
{
    Buf buf = buf_new(keep, CERTIFICATE_MAX + 512);

    buf_add(&buf, STR(HEAD));
    buf_add(&buf, row->body);
    buf_add(&buf, STR(TAIL));
    buf_add_hex(&buf, row->signature);
    buf_add(&buf, STR(END));
    return buf_done(&buf, ret_file);
}

static Err read_id(Str *rest, const char *key, Id *ret_id)
{
    if (!after(rest, "\"") || !after(rest, key) || !after(rest, "\":\"") || rest->length < ID_TEXT)
        return fail(E_MALFORMED);
    TRY(id_from_text(str_slice(*rest, 0, ID_TEXT), ret_id));
    *rest = str_slice(*rest, ID_TEXT, rest->length);
    return after(rest, "\",") ? ok() : fail(E_MALFORMED);
}

static Err split(Str file, CertificateRead *read, uint8_t ret_signature[static SIGNATURE_BYTES])
{
    const size_t tail = sizeof TAIL - 1 + SIGNATURE_TEXT + sizeof END - 1;
    Str rest = file;

    if (!after(&rest, HEAD) || rest.length <= tail || file.length > CERTIFICATE_MAX + 512)
        return fail(E_MALFORMED);
    read->body = str_slice(rest, 0, rest.length - tail);
    rest = str_slice(rest, rest.length - tail, rest.length);
    if (!after(&rest, TAIL))
        return fail(E_MALFORMED);
    for (size_t i = 0; i < SIGNATURE_BYTES; i++) {
        const int high = hex_digit(rest.data[2 * i]), low = hex_digit(rest.data[2 * i + 1]);
        if (high < 0 || low < 0)
            return fail(E_MALFORMED);
        ret_signature[i] = (uint8_t)(high << 4 | low);
    }
    rest = str_slice(rest, SIGNATURE_TEXT, rest.length);
    return after(&rest, END) && rest.length == 0 ? ok() : fail(E_MALFORMED);
}

static bool holds(Str text, const char *part)
{
    const Str wanted = str_from_c(part);

    for (size_t at = 0; at + wanted.length <= text.length; at++)
        if (memcmp(text.data + at, wanted.data, wanted.length) == 0)
            return true;
    return false;
}

Err certificate_verify(Str file, const uint8_t public_key[static 32], CertificateRead *ret_read)
{
    uint8_t signature[SIGNATURE_BYTES];
    SignedDocument document = {.kind = DOCUMENT_CERTIFICATE};
    CertificateRead read = {0};

    TRY(split(file, &read, signature));
    Str rest = read.body;
    if (!after(&rest, KIND))
        return fail(E_MALFORMED);
    TRY(read_id(&rest, "municipality", &read.tenant));
    TRY(read_id(&rest, "log", &read.log));
    read.complete = !holds(rest, "\"t2\":null");
    document.tenant = read.tenant;
    TRY(sha256(read.body, document.sha256));
    TRY(document_signature_check(public_key, &document, signature));
    *ret_read = read;
    return ok();
}
