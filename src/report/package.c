/* The package of an archive report, put together and read back.
 * Must not sign: whoever holds the key does.
 * Called by service/report and cli. */
#include "report/package.h"

#include <string.h>

#include "domain/input/media.h"
#include "report/content.h"
#include "report/message.h"
#include "report/read.h"
#include "report/words.h"
#include "report/write.h"

#define OWN_PARTS 5  /* beside the documents */
#define LINE_MAX (2 * HASH_BYTES + 2 + ARCHIVE_NAME_MAX + 1)
#define LABEL "stafettlogg-document-1"
#define KIND_OF_REPORT 2

static Err hash_of(Str bytes, ReportHash *ret_hash)
{
    return sha256(bytes, ret_hash->bytes);
}

static void add_part(ArchiveParts *parts, Str name, Str bytes)
{
    parts->items[parts->count++] = (ArchivePart){name, bytes};
}

static Err name_documents(Report *report, const Str *documents, Arena *keep)
{
    for (uint32_t i = 0; i < report->documents.count; i++) {
        ReportDocument *document = &report->documents.items[i];
        document->size = (int64_t)documents[i].length;
        TRY(hash_of(documents[i], &document->sha256));
        TRY(str_format(keep, &document->file, "dokument-%u.%s", i + 1, media_ending((uint8_t)document->media)));
    }
    return ok();
}

static const char *format_of(int64_t media)
{
    if (media == MEDIA_PART)
        return "JSON";
    return media == MEDIA_JPEG ? "RA-JPEG" : media == MEDIA_PNG ? "PNG" : "PDF";
}

static Err write_message(const Report *report, Str pdf, Arena *keep, Str *ret_xml)
{
    ReportFile *files = NULL;
    enum language language;

    TRY(language_from_tag(report->made.language, &language));
    TRY(ARENA_NEW(keep, ReportFile, (size_t)report->documents.count + 1, &files));
    files[0] = (ReportFile){.name = PACKAGE_DOCUMENT, .title = msg(language, MSG_REPORT_TITLE), .main = true, .format = "RA-PDF",
                            .detail = "PDF/A-2a", .type = "application/pdf", .size = (int64_t)pdf.length};
    TRY(hash_of(pdf, &files[0].sha256));
    for (uint32_t i = 0; i < report->documents.count; i++) {
        const ReportDocument *document = &report->documents.items[i];
        ReportFile *file = &files[i + 1];
        *file = (ReportFile){.name = document->file, .format = format_of(document->media), .type = media_type((uint8_t)document->media),
                             .size = document->size, .sha256 = document->sha256};
        TRY(str_format(keep, &file->title, "%.*s %u", STR_ARGS(msg(language, MSG_REPORT_ENCLOSURE)), i + 1));
    }
    return message_write(report, (ReportFiles){files, report->documents.count + 1}, keep, ret_xml);
}

/* As `sha256sum -c` reads it: a line for each part. */
static Err write_list(const ArchiveParts *parts, Arena *keep, Str *ret_list)
{
    Buf list = buf_new(keep, (size_t)LINE_MAX * (parts->count + 1));

    for (uint32_t i = 0; i < parts->count; i++) {
        ReportHash hash;
        TRY(hash_of(parts->items[i].bytes, &hash));
        buf_add_hex(&list, str_from_bytes(hash.bytes, HASH_BYTES));
        buf_add(&list, STR("  "));
        buf_add(&list, parts->items[i].name);
        buf_add_char(&list, '\n');
    }
    return buf_done(&list, ret_list);
}

Err package_make(Report *report, const Str *documents, const ReportWatch *watch, Arena *keep, Package *ret_package)
{
    Package package = {0};
    Str data = STR_NONE, pdf = STR_NONE, xml = STR_NONE, list = STR_NONE;

    TRY(name_documents(report, documents, keep));
    TRY(report_write(report, keep, &data));
    TRY(content_print(report, watch, keep, &pdf));
    TRY(write_message(report, pdf, keep, &xml));
    TRY(ARENA_NEW(keep, ArchivePart, (size_t)report->documents.count + OWN_PARTS, &package.parts.items));
    add_part(&package.parts, PACKAGE_DOCUMENT, pdf);
    add_part(&package.parts, PACKAGE_DATA, data);
    add_part(&package.parts, PACKAGE_MESSAGE, xml);
    for (uint32_t i = 0; i < report->documents.count; i++)
        add_part(&package.parts, report->documents.items[i].file, documents[i]);
    TRY(write_list(&package.parts, keep, &list));
    TRY(hash_of(list, &package.list));
    add_part(&package.parts, PACKAGE_LIST, list);
    *ret_package = package;
    return ok();
}

/* ---- the signature's part ---- */

static void add_line(Buf *buf, const char *name, const void *bytes, size_t length)
{
    buf_format(buf, "%s ", name);
    buf_add_hex(buf, str_from_bytes(bytes, length));
    buf_add_char(buf, '\n');
}

static Err write_signature(ReportHash list, const PackageSignature *signature, Arena *keep, Str *ret_text)
{
    Buf buf = buf_new(keep, 1024);

    buf_format(&buf, LABEL "\nkind %d\n", KIND_OF_REPORT);
    add_line(&buf, "tenant", signature->tenant.bytes, ID_BYTES);
    add_line(&buf, "sha256", list.bytes, HASH_BYTES);
    add_line(&buf, "public", signature->public, PUBLIC_BYTES);
    add_line(&buf, "signature", signature->signature, SIGNATURE_BYTES);
    return buf_done(&buf, ret_text);
}

/* The bytes of a line "name hex". */
static Err read_line(Str *text, Str name, size_t length, Arena *keep, uint8_t *ret_bytes)
{
    Str line = STR_NONE, bytes = STR_NONE;

    *text = str_cut(*text, '\n', &line);
    Str hex = str_cut(line, ' ', &line);
    if (!str_equal(line, name))
        return fail(E_MALFORMED);
    TRY(hex_decode(keep, hex, &bytes));
    if (bytes.length != length)
        return fail(E_MALFORMED);
    memcpy(ret_bytes, bytes.data, length);
    return ok();
}

static Err read_signature(Str text, ReportHash list, Arena *keep, PackageSignature *ret_signature)
{
    PackageSignature signature = {0};
    Str rest = text, line = STR_NONE, again = STR_NONE;
    ReportHash said = {0};

    rest = str_cut(rest, '\n', &line);
    rest = str_cut(rest, '\n', &line);
    TRY(read_line(&rest, STR("tenant"), ID_BYTES, keep, signature.tenant.bytes));
    TRY(read_line(&rest, STR("sha256"), HASH_BYTES, keep, said.bytes));
    TRY(read_line(&rest, STR("public"), PUBLIC_BYTES, keep, signature.public));
    TRY(read_line(&rest, STR("signature"), SIGNATURE_BYTES, keep, signature.signature));
    TRY(write_signature(said, &signature, keep, &again));
    if (!str_equal(again, text))
        return fail(E_MALFORMED);
    if (memcmp(said.bytes, list.bytes, HASH_BYTES) != 0)
        return fail(E_FORGED);
    *ret_signature = signature;
    return ok();
}

Err package_finish(const Package *package, const PackageSignature *signature, int64_t made_at, Arena *keep,
                   PackageFile *ret_file)
{
    ArchiveParts parts = package->parts; /* package_make has left room for one more */
    Str text = STR_NONE;

    TRY(write_signature(package->list, signature, keep, &text));
    add_part(&parts, PACKAGE_SIGNATURE, text);
    TRY(archive_write(&parts, made_at, keep, &ret_file->pieces));
    ret_file->count = 2 * parts.count + 1;
    return ok();
}

/* ---- reading ---- */

static const ArchivePart *find(const ArchiveParts *parts, Str name)
{
    for (uint32_t i = 0; i < parts->count; i++)
        if (str_equal(parts->items[i].name, name))
            return &parts->items[i];
    return NULL;
}

/* Every part but the last two, in their order, is what the list says. */
static Err check_list(const ArchiveParts *parts, Str list, Arena *keep, Str *ret_wrong)
{
    ArchiveParts one = {0};
    Str line = STR_NONE, wanted = STR_NONE;

    TRY(ARENA_NEW(keep, ArchivePart, 1, &one.items));
    one.count = 1;
    for (uint32_t i = 0; i + 2 < parts->count; i++) {
        one.items[0] = parts->items[i];
        TRY(write_list(&one, keep, &wanted));
        list = str_cut(list, '\n', &line);
        if (str_equal(line, str_slice(wanted, 0, wanted.length - 1)))
            continue;
        *ret_wrong = parts->items[i].name;
        return fail(E_FORGED);
    }
    return list.length == 0 ? ok() : fail(E_MALFORMED);
}

Err package_read(Str file, Arena *keep, PackageRead *ret_read, Str *ret_wrong)
{
    PackageRead read = {0};

    TRY(archive_read(file, keep, &read.parts));
    const ArchivePart *tables = find(&read.parts, PACKAGE_DATA);
    const ArchivePart *list = find(&read.parts, PACKAGE_LIST);
    const ArchivePart *signature = find(&read.parts, PACKAGE_SIGNATURE);
    uint32_t count = read.parts.count;
    if (!tables || !find(&read.parts, PACKAGE_DOCUMENT) || !find(&read.parts, PACKAGE_MESSAGE) || count < OWN_PARTS ||
        list != &read.parts.items[count - 2] || signature != &read.parts.items[count - 1])
        return fail(E_MALFORMED);
    TRY(check_list(&read.parts, list->bytes, keep, ret_wrong));
    TRY(hash_of(list->bytes, &read.list));
    *ret_wrong = PACKAGE_SIGNATURE;
    TRY(read_signature(signature->bytes, read.list, keep, &read.signature));
    *ret_wrong = STR_NONE;
    TRY(report_read(tables->bytes, keep, &read.report));
    *ret_read = read;
    return ok();
}
