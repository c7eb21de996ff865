/* The archive message, in the order of elements that its schema asks for.
 * Must not write an element that the schema does not know: a test validates each message against it.
 * Called by package. */
#include "report/message.h"

#include "domain/log_number.h"
#include "report/moment.h"
#include "report/words.h"
#include "report/xml.h"

#define MESSAGE_MAX ((size_t)4 << 20)
#define SYSTEM STR("Stafettlogg")
/* No word about whom it is: that there is a log is itself sensitive. */
#define PUBLIC_TITLE STR("Stafettlogg")
#define ROOT "arkivmelding xmlns=\"https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1\""
#define CATALOGUE \
    " xmlns:n=\"https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/metadatakatalog/v1\""

typedef struct Message {
    Xml xml;
    const Report *report;
    enum language language;
    Arena *keep;
} Message;

static void write_code(Message *message, const char *name, const char *code, Str words)
{
    xml_begin(&message->xml, name);
    xml_text(&message->xml, "n:kode", str_from_c(code));
    xml_text_if(&message->xml, "n:beskrivelse", words);
    xml_end(&message->xml, name);
}

static void write_moment(Message *message, const char *name, int64_t ms)
{
    if (ms != 0)
        xml_text(&message->xml, name, str_from_c(moment_text(ms).text));
}

static void write_shield(Message *message)
{
    xml_begin(&message->xml, "skjerming");
    write_code(message, "tilgangsrestriksjon", "UO", msg(message->language, MSG_REPORT_SHIELDED));
    xml_text(&message->xml, "skjermingshjemmel", STR("Offl. § 13, jf. fvl. § 13"));
    xml_end(&message->xml, "skjerming");
}

static Err write_key(Message *message, Id id)
{
    Str text = STR_NONE;

    TRY(report_id_text(id, message->keep, &text));
    xml_begin(&message->xml, "referanseEksternNoekkel");
    xml_text(&message->xml, "n:fagsystem", SYSTEM);
    xml_text(&message->xml, "n:noekkel", text);
    xml_end(&message->xml, "referanseEksternNoekkel");
    return ok();
}

typedef struct Part {
    Id id;
    Role role;
    Str name, number;
} Part;

static Err write_part(Message *message, const Part *part)
{
    Xml *xml = &message->xml;
    Str id = STR_NONE, role = STR_NONE;

    TRY(report_id_text(part->id, message->keep, &id));
    TRY(report_word(message->language, "role", role_code(part->role), message->keep, &role));
    xml_begin(xml, "part");
    xml_text(xml, "partID", id);
    xml_text(xml, "partNavn", part->name.length > 0 ? part->name : STR("-"));
    write_code(message, "partRolle", role_code(part->role), role);
    if (part->number.length > 0) {
        xml_begin(xml, "personID");
        xml_text(xml, "landkode", STR("NO"));
        xml_text(xml, "identifikator", part->number);
        xml_end(xml, "personID");
    }
    xml_text(xml, "erSkjermet", STR("true"));
    xml_text(xml, "erPersonnavn", STR("true"));
    xml_end(xml, "part");
    return ok();
}

/* Somebody who took part several times is one part. */
static bool stood_before(const Report *report, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (id_equal(report->people.items[i].person, report->people.items[at].person) &&
            report->people.items[i].role == report->people.items[at].role)
            return true;
    return false;
}

/* The child first, whether or not it was ever let in; then everybody who has taken part. */
static Err write_parts(Message *message)
{
    const Report *report = message->report;
    const ReportEntry *child = report_child(report);

    if (child) {
        const Part part = {.id = child->entry, .role = ROLE_CHILD, .name = values_at(&child->values, CHILD_NAME),
                           .number = values_at(&child->values, CHILD_NATIONAL_ID)};
        TRY(write_part(message, &part));
    }
    for (uint32_t i = 0; i < report->people.count; i++) {
        const ReportPerson *person = &report->people.items[i];
        const Part part = {.id = person->id, .role = person->role, .name = report_name_of(person),
                           .number = values_at(&person->values, GUARDIAN_NATIONAL_ID)};
        if (person->role != ROLE_CHILD && !stood_before(report, i))
            TRY(write_part(message, &part));
    }
    return ok();
}

static Err title_of(const Message *message, Str *ret_title)
{
    const ReportEntry *child = report_child(message->report);
    Str name = child ? values_at(&child->values, CHILD_NAME) : STR_NONE, number = STR_NONE;

    TRY(log_number_text(message->report->log.number, message->keep, &number));
    return str_format(message->keep, ret_title, "Stafettlogg %.*s%s%.*s", STR_ARGS(number), name.length > 0 ? ", " : "", STR_ARGS(name));
}

static Err write_folder(Message *message)
{
    const Report *report = message->report;
    Xml *xml = &message->xml;
    Str title = STR_NONE;

    TRY(title_of(message, &title));
    xml_begin(xml, "mappe");
    xml_text(xml, "tittel", title);
    xml_text(xml, "offentligTittel", PUBLIC_TITLE);
    write_code(message, "dokumentmedium", "E", msg(message->language, MSG_REPORT_ELECTRONIC));
    write_moment(message, "opprettetDato", report->log.created_at);
    write_moment(message, "avsluttetDato", report->log.passive_at);
    TRY(write_parts(message));
    write_shield(message);
    TRY(write_key(message, report->log.id));
    xml_end(xml, "mappe");
    return ok();
}

static Err write_object(Message *message, const ReportFile *file)
{
    Xml *xml = &message->xml;
    Buf hash = buf_new(message->keep, (size_t)2 * HASH_BYTES);
    Str text = STR_NONE;

    buf_add_hex(&hash, str_from_bytes(file->sha256.bytes, HASH_BYTES));
    TRY(buf_done(&hash, &text));
    xml_begin(xml, "dokumentobjekt");
    xml_number(xml, "versjonsnummer", 1);
    write_code(message, "variantformat", file->main ? "A" : "P", STR_NONE);
    write_code(message, "format", file->format, STR_NONE);
    if (file->detail)
        xml_text(xml, "formatDetaljer", str_from_c(file->detail));
    xml_text(xml, "mimeType", str_from_c(file->type));
    write_moment(message, "opprettetDato", message->report->made.at);
    xml_text(xml, "opprettetAv", message->report->made.name);
    xml_text(xml, "filnavn", file->name);
    xml_text(xml, "referanseDokumentfil", file->name);
    xml_text(xml, "sjekksum", text);
    xml_text(xml, "sjekksumAlgoritme", STR("SHA-256"));
    xml_number(xml, "filstoerrelse", file->size);
    xml_end(xml, "dokumentobjekt");
    return ok();
}

static Err write_document(Message *message, const ReportFile *file, uint32_t number)
{
    Xml *xml = &message->xml;

    xml_begin(xml, "dokumentbeskrivelse");
    write_code(message, "dokumentstatus", "F", msg(message->language, MSG_REPORT_FINISHED));
    xml_text(xml, "tittel", file->title);
    write_moment(message, "opprettetDato", message->report->made.at);
    xml_text(xml, "opprettetAv", message->report->made.name);
    write_code(message, "tilknyttetRegistreringSom", file->main ? "H" : "V", STR_NONE);
    xml_number(xml, "dokumentnummer", number);
    write_shield(message);
    TRY(write_object(message, file));
    xml_end(xml, "dokumentbeskrivelse");
    return ok();
}

static Err write_record(Message *message, ReportFiles files)
{
    const ReportMade *made = &message->report->made;
    Xml *xml = &message->xml;
    Str title = STR_NONE;

    TRY(title_of(message, &title));
    xml_begin(xml, "registrering");
    write_moment(message, "opprettetDato", made->at);
    xml_text(xml, "opprettetAv", made->name);
    /* Both are made by one message, and belong together by the key of the folder. */
    xml_begin(xml, "referanseForelderMappe");
    Str log = STR_NONE;
    TRY(report_id_text(message->report->log.id, message->keep, &log));
    xml_begin(xml, "n:referanseEksternNoekkel");
    xml_text(xml, "n:fagsystem", SYSTEM);
    xml_text(xml, "n:noekkel", log);
    xml_end(xml, "n:referanseEksternNoekkel");
    xml_end(xml, "referanseForelderMappe");
    TRY(write_parts(message));
    write_shield(message);
    for (uint32_t i = 0; i < files.count; i++)
        TRY(write_document(message, &files.items[i], i + 1));
    xml_text(xml, "tittel", title);
    xml_text(xml, "offentligTittel", PUBLIC_TITLE);
    TRY(write_key(message, made->report));
    xml_end(xml, "registrering");
    return ok();
}

Err message_write(const Report *report, ReportFiles files, Arena *keep, Str *ret_xml)
{
    Message message = {.xml = xml_new(keep, MESSAGE_MAX), .report = report, .keep = keep};

    TRY(language_from_tag(report->made.language, &message.language));
    xml_begin(&message.xml, ROOT CATALOGUE);
    xml_text(&message.xml, "system", SYSTEM);
    xml_number(&message.xml, "antallFiler", files.count);
    TRY(write_folder(&message));
    TRY(write_record(&message, files));
    xml_end(&message.xml, "arkivmelding");
    buf_add_char(&message.xml.buf, '\n');
    return buf_done(&message.xml.buf, ret_xml);
}
