/* States and events, closing reasons, fields and settings as Markdown.
 * Must not print a copy: each printer walks the table that the program decides by.
 * Called by the command `policy` through tables.h. */
#include "domain/tables.h"

#include "domain/clocks_print.h"
#include "domain/fields.h"
#include "domain/lifecycle.h"
#include "domain/notices.h"
#include "domain/settings.h"
#include "domain/states.h"

static void state_table(Buf *buf)
{
    buf_add(buf, STR("| state |"));
    for (unsigned event = 1; event < EVENT_COUNT; event++)
        buf_format(buf, " %s |", event_code((Event)event));
    buf_add(buf, STR("\n|---|"));
    for (unsigned event = 1; event < EVENT_COUNT; event++)
        buf_add(buf, STR("---|"));
    for (unsigned state = 1; state < STATE_COUNT; state++) {
        buf_format(buf, "\n| %s |", state_code((State)state));
        for (unsigned event = 1; event < EVENT_COUNT; event++) {
            State next = lifecycle_next((State)state, (Event)event);
            buf_format(buf, " %s |", next == STATE_NONE ? "-" : state_code(next));
        }
    }
    buf_add_char(buf, '\n');
}

static void closing_table(Buf *buf)
{
    static const struct {
        const char *name;
        int number;
    } closings[] = {
#define X(name, number) {#name, number},
        CLOSINGS(X)
#undef X
    };

    buf_add(buf, STR("| number | reason |\n|--:|---|\n"));
    for (size_t i = 0; i < COUNT_OF(closings); i++)
        buf_format(buf, "| %d | %s |\n", closings[i].number, closings[i].name);
}

static const char *const types[] = {
    [FIELD_TEXT] = "text",           [FIELD_LONG] = "long text",
    [FIELD_DATE] = "date",           [FIELD_DATETIME] = "date and time",
    [FIELD_CODE] = "code",           [FIELD_YES_NO] = "yes or no",
    [FIELD_ENTRY] = "entry",         [FIELD_PERSON] = "person",
    [FIELD_NUMBER] = "number",       [FIELD_LINK] = "link",
    [FIELD_EMAIL] = "e-mail",        [FIELD_PHONE] = "phone",
    [FIELD_NATIONAL_ID] = "national id", [FIELD_ORGANISATION_NUMBER] = "organisation number",
    [FIELD_UNIT] = "unit",           [FIELD_HASH] = "hash",
};

static const char *const classes[] = {
    [CLASS_SPI] = "spi", [CLASS_PII] = "pii", [CLASS_PUBLIC] = "public", [CLASS_SYSTEM] = "system",
};

static const char *unit_of(const Field *field)
{
    if (field->multiple)
        return " items";
    return field->type == FIELD_NUMBER ? " at most" : " characters";
}

static void field_row(Buf *buf, const Kind *kind, const Field *field)
{
    buf_format(buf, "| %s | %u | %s | %s", kind->code, field->id, field->name, types[field->type]);
    if (field->codes != CODES_NONE)
        buf_format(buf, " `%s`", codes_of(field->codes).key);
    buf_add(buf, STR(" | "));
    if (field->maximum)
        buf_format(buf, "%u%s", field->maximum, unit_of(field));
    buf_format(buf, " | %s | %s | %s | ", field->required ? "yes" : "", classes[field->class], field->fact ? "yes" : "");
    field_days_words(buf, field);
    buf_add(buf, STR(" |\n"));
}

static void field_table(Buf *buf)
{
    buf_add(buf, STR("| kind | id | field | type | limit | required | class | fact | a day may be |\n|---|--:|---|---|---|---|---|---|---|\n"));
    for (unsigned id = 1; kind_of(id); id++)
        for (unsigned i = 0; i < kind_of(id)->count; i++)
            field_row(buf, kind_of(id), &kind_of(id)->fields[i]);
}

static void setting_table(Buf *buf)
{
    buf_add(buf, STR("| setting | default | least | most |\n|---|--:|--:|--:|\n"));
    for (unsigned setting = 0; setting < SETTING_COUNT; setting++) {
        SettingRule rule = setting_rule((Setting)setting);
        buf_format(buf, "| %s | %d | %d | %d |\n", rule.code, rule.initial, rule.minimum, rule.maximum);
    }
}

const DomainTable domain_tables[] = {
    {"states", "which event leads from which state to which", state_table},
    {"closings", "why a log became passive", closing_table},
    {"fields", "the fields of each kind of entry, with their limits", field_table},
    {"settings", "the settings of a municipality", setting_table},
    {"clocks", "every date that follows from another", clocks_print},
    {"notices", "what people are told", notices_print},
};
const size_t domain_table_count = COUNT_OF(domain_tables);
