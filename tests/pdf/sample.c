/* Writes documents for the tests of readers and for the bench: what a log's report is made of, with texts from a file of names.
 * usage: pdf_sample names FILE | log ENTRIES | feet LINES   (the document goes to stdout; `log` says seconds and memory on stderr)
 * `feet` has headings at every height of a page.
 * No part of the product. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "pdf/pdf.h"

#define FILE_MAX ((size_t)256 << 20)

#define TEXT(literal) {literal, sizeof(literal) - 1}

static const PdfAbout about = {
    .title = TEXT("Arkivrapport for logg L-2026-00871"), .language = TEXT("nb"), .label = TEXT("Sensitivt"),
    .made = TEXT("Stafettlogg · Nordvær kommune · laget av Klok Elv 23. november 2026 kl. 10.42"),
    .page = TEXT("Side"), .of = TEXT("av"), .made_at = INT64_C(1795434120000)};

static Str read_file(Arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    Buf all = buf_new(arena, FILE_MAX);
    char chunk[4096];
    Str text = STR_NONE;
    size_t length = 0;

    while (file && (length = fread(chunk, 1, sizeof chunk, file)) > 0)
        buf_add_bytes(&all, chunk, length);
    if (!file || !is_ok(buf_done(&all, &text)))
        exit(1);
    fclose(file);
    return text;
}

/* Every name where names stand in a report: in a heading, a paragraph, beside a key, in a list and in a cell of a table. */
static void put_names(Pdf *pdf, Str text)
{
    static const PdfColumn columns[] = {{.head = TEXT("Navn"), .share = 3, .names_row = true}, {.head = TEXT("Rolle"), .share = 2}};
    Str rest = text;

    pdf_heading(pdf, 1, STR("Navn i mange skrifter"));
    while (rest.length) {
        Str name = STR_NONE;
        rest = str_cut(rest, '\n', &name);
        if (name.length == 0 || name.data[0] == '#')
            continue;
        pdf_heading(pdf, 2, name);
        pdf_paragraph(pdf, name);
        pdf_pairs(pdf, &(PdfPair){STR("Navn"), name}, 1);
        pdf_small(pdf, name);
        pdf_table_begin(pdf, columns, COUNT_OF(columns));
        pdf_table_row(pdf, (const Str[]){name, STR("Foresatt")});
        pdf_table_end(pdf);
    }
}

static void put_entry(Pdf *pdf, Arena *arena, unsigned n)
{
    size_t mark = arena_mark(arena);
    Str heading = STR_NONE, said = STR_NONE;

    if (!is_ok(str_format(arena, &heading, "Notat %u: leseøkt i liten gruppe", n)) ||
        !is_ok(str_format(arena, &said, "Klok Elv, %u. oktober 2026 kl. 14.05", n % 28 + 1)))
        exit(1);
    pdf_heading(pdf, 3, heading);
    pdf_paragraph(pdf, STR("Leser saktere enn vi venter på 5. trinn, og blir fort sliten når teksten er lang. Går ofte alene i "
                           "friminuttene og sier selv at det er kjedelig. Vi prøver leseøkt tre ganger i uka, og lesestund hjemme "
                           "ti minutter hver kveld.\nNeste møte er på møterom Furu."));
    pdf_pairs(pdf, (const PdfPair[]){{STR("Ansvarlig"), STR("Varm Bjørk")}, {STR("Frist"), STR("18. desember 2026")},
                                     {STR("Evaluering"), STR("")}}, 3);
    pdf_small(pdf, said);
    arena_rewind(arena, mark);
}

static void put_log(Pdf *pdf, Arena *arena, unsigned entries)
{
    static const PdfColumn columns[] = {{.head = TEXT("Nr."), .share = 1, .names_row = true}, {.head = TEXT("Når"), .share = 3},
                                        {.head = TEXT("Hvem"), .share = 3}, {.head = TEXT("Hva"), .share = 8}};

    pdf_heading(pdf, 1, STR("Blid Bjørk"));
    pdf_heading(pdf, 2, STR("Mål og tiltak"));
    for (unsigned i = 1; i <= entries; i++)
        put_entry(pdf, arena, i);
    pdf_heading(pdf, 2, STR("Hva som er gjort"));
    pdf_table_begin(pdf, columns, COUNT_OF(columns));
    for (unsigned i = 1; i <= entries; i++) {
        char number[16];
        int length = snprintf(number, sizeof number, "%u", i);
        pdf_table_row(pdf, (const Str[]){str_from_bytes(number, (size_t)length), STR("14. oktober 2026 kl. 14.05"),
                                         STR("Klok Elv"), STR("Skrev et notat, og rettet det samme dag etter samtale med foresatte")});
    }
    pdf_table_end(pdf);
}

/* Headings, and a table whose first row is long, below a line more each time. */
static void put_feet(Pdf *pdf, unsigned lines)
{
    const PdfColumn column = {.head = TEXT("Hode"), .share = 1};
    const Str rows = STR("Rad\nRad\nRad\nRad\nRad\nRad\nRad\nRad\nRad\nRad\nRad\nRad");

    pdf_heading(pdf, 1, STR("Overskrift 1"));
    for (unsigned n = 1; n <= lines; n++) {
        for (unsigned i = 0; i < n; i++)
            pdf_paragraph(pdf, STR("En linje"));
        pdf_heading(pdf, 2, STR("Overskrift 2"));
        pdf_heading(pdf, 3, STR("Overskrift 3"));
        if (n % 2)
            pdf_small(pdf, STR("Hvem og når"));
        if (n % 3 == 0) {
            pdf_table_begin(pdf, &column, 1);
            pdf_table_row(pdf, &rows);
            pdf_table_end(pdf);
        }
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int count, char **words)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(pdf_freep) Pdf *pdf = NULL;
    double began = seconds();
    Str bytes = STR_NONE;

    if (count != 3 || !is_ok(arena_new((size_t)512 << 20, &arena)) || !is_ok(arena_new((size_t)64 << 20, &scratch)))
        return 2;
    Err err = pdf_open(&about, FILE_MAX, arena, &pdf);
    if (is_ok(err) && strcmp(words[1], "names") == 0)
        put_names(pdf, read_file(scratch, words[2]));
    else if (is_ok(err) && strcmp(words[1], "feet") == 0)
        put_feet(pdf, (unsigned)strtoul(words[2], NULL, 10));
    else if (is_ok(err))
        put_log(pdf, scratch, (unsigned)strtoul(words[2], NULL, 10));
    if (is_ok(err))
        err = pdf_finish(pdf, &bytes);
    if (!is_ok(err)) {
        fprintf(stderr, "%s:%u: %s\n", err.file, err.line, err_text(err.id));
        return 1;
    }
    if (strcmp(words[1], "log") == 0) {
        struct rusage used;
        getrusage(RUSAGE_SELF, &used);
        fprintf(stderr, "%s entries: %.2f s, %.1f MB of the arena, %.1f MB at most, %zu bytes\n", words[2], seconds() - began,
                (double)arena_used(arena) / 1e6, (double)used.ru_maxrss / 1e3, bytes.length);
    }
    return fwrite(bytes.data, 1, bytes.length, stdout) == bytes.length ? 0 : 1;
}
