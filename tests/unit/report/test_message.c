#include "report/message.h"
#include "sample.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* The official schemas are not part of the project: where they lie is said by whoever runs the tests. */
#define SCHEMAS "ARKIVMELDING_SCHEMAS"
#define SCHEMA "no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd"

static const ReportFile files[] = {
    {.name = STR("arkivrapport.pdf"), .title = STR("Arkivrapport"), .main = true, .format = "RA-PDF", .detail = "PDF/A-2a",
     .type = "application/pdf", .size = 70000},
    {.name = STR("dokument-1.jpg"), .title = STR("Samtykkeskjema 1"), .format = "RA-JPEG", .type = "image/jpeg", .size = 12},
};

static Str message_of(const Report *report, Arena *arena)
{
    Str xml = STR_NONE;

    EXPECT_OK(message_write(report, (ReportFiles){files, COUNT_OF(files)}, arena, &xml));
    return xml;
}

static bool holds(Str text, const char *part)
{
    for (size_t i = 0; i + strlen(part) <= text.length; i++)
        if (str_starts(str_slice(text, i, SIZE_MAX), str_from_c(part)))
            return true;
    return false;
}

/* Whether xmllint finds it good by the schema. */
static bool is_valid(Str xml)
{
    char path[] = "/tmp/stafettlogg-message-XXXXXX", schema[1024];
    int file = mkstemp(path), status = 0;

    EXPECT(file >= 0 && write(file, xml.data, xml.length) == (ssize_t)xml.length && close(file) == 0);
    snprintf(schema, sizeof schema, "%s/" SCHEMA, getenv(SCHEMAS));
    pid_t child = fork();
    if (child == 0) {
        execlp("xmllint", "xmllint", "--nonet", "--noout", "--schema", schema, path, (char *)NULL);
        _exit(127);
    }
    EXPECT(child > 0 && waitpid(child, &status, 0) == child);
    (void)unlink(path);
    EXPECT(WIFEXITED(status) && WEXITSTATUS(status) != 127);
    return WEXITSTATUS(status) == 0;
}

static bool no_schemas(void)
{
    if (getenv(SCHEMAS))
        return false;
    print_message("# SKIP: " SCHEMAS " names no folder with the schemas of Fiks Arkiv; nothing was shown\n");
    return true;
}

TEST(a_message_that_the_schema_does_not_know_is_found_by_it)
{
    TEST_ARENA(arena);
    const Report report = sample_report(arena);
    Str xml = message_of(&report, arena), changed = STR_NONE;

    if (no_schemas())
        return;
    size_t at = 0;
    while (!str_starts(str_slice(xml, at, SIZE_MAX), STR("<tittel>")))
        at++;
    EXPECT_OK(str_format(arena, &changed, "%.*s<farge>blå</farge>%.*s", STR_ARGS(str_slice(xml, 0, at)),
                         STR_ARGS(str_slice(xml, at, xml.length))));
    EXPECT(!is_valid(changed));
}

TEST(the_message_is_valid_by_the_official_schema)
{
    TEST_ARENA(arena);
    Report report = sample_report(arena);

    if (no_schemas())
        return;
    EXPECT(is_valid(message_of(&report, arena)));
    report.made.language = STR("nn");
    EXPECT(is_valid(message_of(&report, arena)));
}

TEST(a_message_without_a_child_people_or_times_is_valid_too)
{
    TEST_ARENA(arena);
    const Report report = {.made = {.name = STR("Lun Vinter"), .language = STR("nb"), .at = 1}, .log = {.number = 10000000}};

    if (no_schemas())
        return;
    EXPECT(is_valid(message_of(&report, arena)));
}

TEST(what_people_wrote_cannot_become_markup_and_what_xml_cannot_hold_is_replaced)
{
    TEST_ARENA(arena);
    Report report = sample_report(arena);

    report.made.name = STR("A\x01\xEF\xBF\xBE<b>&amp;\r");
    Str xml = message_of(&report, arena);
    EXPECT(holds(xml, "Blid Bj\xc3\xb8rk &amp; &lt;S\xc3\xb8nn&gt;"));
    EXPECT(holds(xml, "<opprettetAv>A\xEF\xBF\xBD\xEF\xBF\xBD&lt;b&gt;&amp;amp;&#13;</opprettetAv>"));
    EXPECT(no_schemas() || is_valid(xml));
}

TEST(it_names_parts_with_their_numbers_and_is_shielded_with_a_ground)
{
    TEST_ARENA(arena);
    const Report report = sample_report(arena);
    Str xml = message_of(&report, arena);

    EXPECT(holds(xml, "<identifikator>14851650181</identifikator>") && holds(xml, "<partNavn>Klok Elv</partNavn>"));
    EXPECT(holds(xml, "<skjermingshjemmel>Offl. \xc2\xa7 13, jf. fvl. \xc2\xa7 13</skjermingshjemmel>"));
    EXPECT(holds(xml, "<offentligTittel>Stafettlogg</offentligTittel>") && holds(xml, "<antallFiler>2</antallFiler>"));
}

TEST(it_names_each_file_with_size_checksum_and_format)
{
    TEST_ARENA(arena);
    const Report report = sample_report(arena);
    Str xml = message_of(&report, arena);

    EXPECT(holds(xml, "<referanseDokumentfil>arkivrapport.pdf</referanseDokumentfil>") && holds(xml, "<filstoerrelse>70000</filstoerrelse>"));
    EXPECT(holds(xml, "<formatDetaljer>PDF/A-2a</formatDetaljer>") && holds(xml, "<sjekksumAlgoritme>SHA-256</sjekksumAlgoritme>"));
    EXPECT(holds(xml, "<mimeType>image/jpeg</mimeType>"));
}

RUN_TESTS("report message")
