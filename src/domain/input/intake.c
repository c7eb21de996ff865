/* One table per file form: a column's name, the field it fills, and what may stand in it.
 * Must not store or look up anything.
 * Called by service/import. */
#include "domain/input/intake.h"

#include "base/clean.h"
#include "domain/input/numbers.h"

typedef enum Fills { FILLS_FIELD, FILLS_NUMBER, FILLS_SERVICE, FILLS_UNIT, FILLS_ROLE, FILLS_FROM, FILLS_TO } Fills;

typedef struct Column {
    const char *header;
    const char *alias; /* another spelling, or NULL */
    const char *field; /* of the kind; NULL when it is no field */
    Fills fills;
    bool required;
    const char *allowed;
} Column;

static const Column unit_columns[] = {
    {.header = "navn", .field = "name", .required = true, .allowed = "a name of 1 to 120 characters"},
    {.header = "organisasjonsnummer", .alias = "orgnr", .field = "organisation_number", .fills = FILLS_NUMBER,
     .allowed = "nine digits with a right check digit, or nothing"},
    {.header = "tjeneste", .field = "service", .fills = FILLS_SERVICE, .required = true,
     .allowed = "a service: barnehage, skole, sfo, ppt, helsestasjon, skolehelsetjeneste, barnevern, psykisk helse og "
                "rus, familiesenter, bup, fastlege, fritid og kultur, barnekoordinator, annet; or its code"},
    {.header = "adresse", .field = "address", .allowed = "at most 200 characters"},
    {.header = "telefon", .field = "phone", .allowed = "a telephone number, or nothing"},
    {.header = "e-post", .alias = "epost", .field = "email", .allowed = "an e-mail address, or nothing"},
};

static const Column staff_columns[] = {
    {.header = "navn", .field = "name", .required = true, .allowed = "a name of 1 to 120 characters"},
    {.header = "e-post", .alias = "epost", .field = "email", .required = true, .allowed = "the person's work e-mail address of at most 128 bytes"},
    {.header = "telefon", .field = "phone", .allowed = "a telephone number, or nothing"},
    {.header = "enhet", .fills = FILLS_UNIT, .required = true, .allowed = "the unit's name or organisation number"},
    {.header = "rolle", .fills = FILLS_ROLE, .required = true,
     .allowed = "a role: enhetsleder (EL), stafettholder (SH) or aktør (AK)"},
    {.header = "fra", .fills = FILLS_FROM, .allowed = "a date such as 21.11.2026 of a year that can be meant, or nothing for today"},
    {.header = "til", .fills = FILLS_TO, .allowed = "a date not before \"fra\" and at most 100 years ahead, or nothing when no end is known"},
};

typedef struct Word {
    const char *text;
    const char *alias;
    unsigned value;
} Word;

static const Word services[] = {
    {"barnehage", NULL, 1}, {"skole", NULL, 2}, {"sfo", "skolefritidsordning", 3}, {"ppt", NULL, 4},
    {"helsestasjon", NULL, 5}, {"skolehelsetjeneste", NULL, 6}, {"barnevern", "barneverntjeneste", 7},
    {"psykisk helse og rus", NULL, 8}, {"familiesenter", "familiens hus", 9}, {"bup", NULL, 10}, {"fastlege", NULL, 11},
    {"fritid og kultur", "kultur og fritid", 12}, {"barnekoordinator", NULL, 13}, {"annet", NULL, 99},
};

static const Word roles[] = {
    {"enhetsleder", "el", ROLE_ORG_MANAGER},
    {"stafettholder", "sh", ROLE_RELAY_HOLDER},
    {"aktør", "ak", ROLE_ACTOR},
};

typedef struct Reader {
    Arena *keep;
    Day today;
    const Column *columns;
    uint32_t column_count;
    const Kind *kind;
    const Column *at[CSV_COLUMNS_MAX]; /* by position in the file; NULL when the column was faulty */
    IntakeRow *rows;
    IntakeFault *faults;
    Intake intake;
} Reader;

static void add_fault(Reader *reader, uint32_t line, uint32_t column, const char *header, const char *allowed)
{
    reader->intake.faults_in_all++;
    if (reader->intake.fault_count == INTAKE_FAULTS_MAX)
        return;
    reader->faults[reader->intake.fault_count++] =
        (IntakeFault){.line = line, .column = column, .header = header, .allowed = allowed};
}

static bool is_word(Str text, const char *word, const char *alias)
{
    return str_equal(text, str_from_c(word)) || (alias && str_equal(text, str_from_c(alias)));
}

/* The value of a word, 0 when it is none of them. */
static unsigned find_word(const Word *words, size_t count, Str text)
{
    for (size_t i = 0; i < count; i++)
        if (is_word(text, words[i].text, words[i].alias))
            return words[i].value;
    return 0;
}

static const Column *find_column(const Reader *reader, Str header)
{
    for (uint32_t i = 0; i < reader->column_count; i++)
        if (is_word(header, reader->columns[i].header, reader->columns[i].alias))
            return &reader->columns[i];
    return NULL;
}

static bool has_column(const Reader *reader, const Column *column)
{
    for (size_t i = 0; i < CSV_COLUMNS_MAX; i++)
        if (reader->at[i] == column)
            return true;
    return false;
}

static Err read_header(Reader *reader, const CsvRow *row)
{
    for (uint32_t i = 0; i < row->count; i++) {
        Str header = STR_NONE;
        TRY(text_fold(row->cells[i], reader->keep, &header));
        const Column *column = find_column(reader, header);
        if (!column)
            add_fault(reader, row->line, i + 1, "", "a column that this file has: see docs/import.md");
        else if (has_column(reader, column))
            add_fault(reader, row->line, i + 1, column->header, "each column once");
        else
            reader->at[i] = column;
    }
    for (uint32_t i = 0; i < reader->column_count; i++)
        if (reader->columns[i].required && !has_column(reader, &reader->columns[i]))
            add_fault(reader, row->line, 1, reader->columns[i].header, "this column must be there");
    return ok();
}

/* Checks a cell by the field table. *ret_good is false when it may not stand there. */
static Err fill_field(Reader *reader, const Column *column, Str cell, IntakeRow *row, bool *ret_good)
{
    Fault fault = FAULT_FINE;
    int place = kind_find(reader->kind, str_from_c(column->field));

    if (column->fills == FILLS_SERVICE) {
        Str word = STR_NONE;
        uint16_t code = 0;
        TRY(text_fold(cell, reader->keep, &word));
        unsigned value = find_word(services, COUNT_OF(services), word);
        if (value)
            TRY(str_format(reader->keep, &cell, "%u", value));
        if (!is_ok(code_from_str(CODES_SERVICE, cell, &code))) {
            *ret_good = false;
            return ok();
        }
    }
    TRY(field_check(&reader->kind->fields[place], cell, reader->keep, &fault, &row->values.text[place]));
    *ret_good = fault == FAULT_FINE;
    if (*ret_good && column->fills == FILLS_NUMBER && row->values.text[place].length)
        *ret_good = organisation_number_valid(row->values.text[place]);
    return ok();
}

static Err fill_role(Reader *reader, Str cell, IntakeRow *row, bool *ret_good)
{
    Str word = STR_NONE;

    TRY(text_fold(cell, reader->keep, &word));
    row->role = (Role)find_word(roles, COUNT_OF(roles), word);
    *ret_good = row->role != ROLE_NONE;
    return ok();
}

static Err fill_day(Reader *reader, Str cell, Day *ret_day, bool *ret_has, bool *ret_good)
{
    static const Field field = {.type = FIELD_DATE};
    Fault fault = FAULT_FINE;
    Str text = STR_NONE;

    TRY(field_check(&field, cell, reader->keep, &fault, &text));
    *ret_has = fault == FAULT_FINE && text.length > 0;
    if (*ret_has)
        TRY(day_parse(text, ret_day));
    *ret_good = fault == FAULT_FINE && (!*ret_has || day_likely(*ret_day, reader->today, ROLE_YEARS_AHEAD));
    return ok();
}

static Err fill_unit(Reader *reader, Str cell, IntakeRow *row, bool *ret_good)
{
    CleanFault fault = CLEAN_FINE;

    TRY(text_clean(cell, false, reader->keep, &fault, &row->unit));
    *ret_good = fault == CLEAN_FINE && row->unit.length > 0 && utf8_length(row->unit) <= 120;
    return ok();
}

static Err fill(Reader *reader, const Column *column, Str cell, IntakeRow *row, bool *ret_good)
{
    if (column->required && str_trim(cell).length == 0) {
        *ret_good = false;
        return ok();
    }
    switch (column->fills) {
    case FILLS_FIELD:
    case FILLS_NUMBER:
    case FILLS_SERVICE:
        return fill_field(reader, column, cell, row, ret_good);
    case FILLS_UNIT:
        return fill_unit(reader, cell, row, ret_good);
    case FILLS_ROLE:
        return fill_role(reader, cell, row, ret_good);
    case FILLS_FROM:
        return fill_day(reader, cell, &row->from, &row->has_from, ret_good);
    case FILLS_TO:
        return fill_day(reader, cell, &row->to, &row->has_to, ret_good);
    }
    return fail(E_INTERNAL);
}

static uint32_t place_of(const Reader *reader, Fills fills)
{
    for (uint32_t i = 0; i < CSV_COLUMNS_MAX; i++)
        if (reader->at[i] && reader->at[i]->fills == fills)
            return i;
    return 0;
}

/* What must not stand in two rows, with the column in which it is told. */
typedef struct Clash {
    const char *header;
    const char *allowed;
} Clash;

static bool overlap(const Reader *reader, const IntakeRow *a, const IntakeRow *b)
{
    Day a_from = a->has_from ? a->from : reader->today, b_from = b->has_from ? b->from : reader->today;

    return (!b->has_to || a_from <= b->to) && (!a->has_to || b_from <= a->to);
}

static bool same_unit(const IntakeRow *a, const IntakeRow *b)
{
    Str number = values_at(&a->values, ORGANISATION_NUMBER);

    return str_equal(a->name_key, b->name_key) || (number.length > 0 && str_equal(number, values_at(&b->values, ORGANISATION_NUMBER)));
}

/* The same unit, the same e-mail under another name, or the same role of a person in a unit on one day. */
static const Clash *clash_of(const Reader *reader, const IntakeRow *row)
{
    static const Clash unit = {"", "each unit once in a file"};
    static const Clash name = {"navn", "the same name in each row of one e-mail address"};
    static const Clash role = {"", "each role of a person in a unit once for each day"};
    bool staff = reader->kind->id == KIND_STAFF_PERSON;

    for (uint32_t i = 0; i < reader->intake.row_count; i++) {
        const IntakeRow *other = &reader->rows[i];
        if (!staff && same_unit(row, other))
            return &unit;
        if (!staff || !str_equal(row->email_key, other->email_key))
            continue;
        if (!str_equal(row->name_key, other->name_key))
            return &name;
        if (row->role == other->role && str_equal(row->unit_key, other->unit_key) && overlap(reader, row, other))
            return &role;
    }
    return NULL;
}

static Err make_keys(Reader *reader, IntakeRow *row)
{
    bool staff = reader->kind->id == KIND_STAFF_PERSON;

    TRY(text_fold(values_get(&row->values, "name"), reader->keep, &row->name_key));
    TRY(text_fold(values_get(&row->values, "email"), reader->keep, &row->email_key));
    return staff ? text_fold(row->unit, reader->keep, &row->unit_key) : ok();
}

/* Where a column stands, by its name; the first when it has none. */
static uint32_t column_at(const Reader *reader, const char *header)
{
    for (uint32_t i = 0; i < CSV_COLUMNS_MAX; i++)
        if (reader->at[i] && str_equal(str_from_c(reader->at[i]->header), str_from_c(header)))
            return i;
    return 0;
}

static Err read_row(Reader *reader, const CsvRow *csv_row)
{
    Fills key = reader->kind->id == KIND_STAFF_PERSON ? FILLS_UNIT : FILLS_NUMBER;
    IntakeRow row = {.line = csv_row->line, .values = {.kind = reader->kind}, .column = place_of(reader, key) + 1,
                     .to_column = place_of(reader, FILLS_TO) + 1, .email_column = column_at(reader, "e-post") + 1};
    bool good = true;

    for (uint32_t i = 0; i < csv_row->count; i++) {
        bool cell_good = true;
        if (!reader->at[i])
            continue;
        TRY(fill(reader, reader->at[i], csv_row->cells[i], &row, &cell_good));
        if (!cell_good)
            add_fault(reader, row.line, i + 1, reader->at[i]->header, reader->at[i]->allowed);
        good = good && cell_good;
    }
    if (good && row.has_from && row.has_to && row.to < row.from) {
        add_fault(reader, row.line, place_of(reader, FILLS_TO) + 1, "til", "a date not before \"fra\", or nothing");
        good = false;
    }
    if (good)
        TRY(make_keys(reader, &row));
    const Clash *clash = good ? clash_of(reader, &row) : NULL;
    if (clash)
        add_fault(reader, row.line, column_at(reader, clash->header) + 1, clash->header, clash->allowed);
    good = good && !clash;
    if (good && reader->intake.row_count < INTAKE_ROWS_MAX)
        reader->rows[reader->intake.row_count++] = row;
    else if (good)
        add_fault(reader, row.line, 1, "", "at most 5000 rows in one file; divide it");
    return ok();
}

static Err read_rows(Reader *reader, Csv *csv)
{
    bool header = true;
    bool more = true;

    for (;;) {
        CsvRow row = {0};
        TRY(csv_next(csv, reader->keep, &row, &more));
        if (!more)
            return ok();
        if (row.fault != CSV_FINE)
            add_fault(reader, row.fault_line, row.fault_column, "", csv_fault_text(row.fault));
        else if (header)
            TRY(read_header(reader, &row));
        else
            TRY(read_row(reader, &row));
        /* Without its names no column can be judged. */
        if (header && reader->intake.faults_in_all)
            return ok();
        header = false;
    }
}

Err intake_read(IntakeForm form, Str file, Day today, Arena *keep, Intake *ret_intake)
{
    bool staff = form == INTAKE_STAFF;
    Csv csv = {0};
    Reader reader = {
        .keep = keep,
        .today = today,
        .columns = staff ? staff_columns : unit_columns,
        .column_count = staff ? COUNT_OF(staff_columns) : COUNT_OF(unit_columns),
        .kind = kind_of(staff ? KIND_STAFF_PERSON : KIND_ORGANISATION),
    };

    TRY(ARENA_NEW(keep, IntakeRow, INTAKE_ROWS_MAX, &reader.rows));
    TRY(ARENA_NEW(keep, IntakeFault, INTAKE_FAULTS_MAX, &reader.faults));
    CsvFault fault = csv_open(file, &csv);
    if (fault != CSV_FINE)
        add_fault(&reader, 1, 1, "", csv_fault_text(fault));
    else
        TRY(read_rows(&reader, &csv));
    if (!reader.intake.faults_in_all && !reader.intake.row_count)
        add_fault(&reader, 1, 1, "", "at least one row below the line that names the columns");
    reader.intake.rows = reader.rows;
    reader.intake.faults = reader.faults;
    *ret_intake = reader.intake;
    return ok();
}
