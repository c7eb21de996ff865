#include "report/package.h"
#include "sample.h"

static const Str documents[] = {STR("%PDF-1.4 a paper\n%%EOF"), STR("\x89PNG a picture")};
static const PackageSignature signature = {.tenant = {.bytes = {7}}, .public = {1, 2}, .signature = {3, 4}};

static Package made(Report *report, Arena *arena)
{
    Package package = {0};

    *report = sample_report(arena);
    EXPECT_OK(package_make(report, documents, NULL, arena, &package));
    return package;
}

static Str joined(const Str *pieces, uint32_t count, Arena *arena)
{
    Str file = STR_NONE;

    EXPECT_OK(str_join(arena, pieces, count, &file));
    return file;
}

static Str file_of(const Package *package, Arena *arena)
{
    PackageFile file = {0};

    EXPECT_OK(package_finish(package, &signature, INT64_C(1764003600456), arena, &file));
    return joined(file.pieces, file.count, arena);
}

/* The same file with other parts. */
static Str rewritten(const ArchiveParts *parts, Arena *arena)
{
    Str *pieces = NULL;

    EXPECT_OK(archive_write(parts, INT64_C(1764003600456), arena, &pieces));
    return joined(pieces, 2 * parts->count + 1, arena);
}

static ArchiveParts parts_of(Str file, Arena *arena)
{
    ArchiveParts parts = {0};

    EXPECT_OK(archive_read(file, arena, &parts));
    return parts;
}

TEST(a_part_that_was_changed_is_named)
{
    TEST_ARENA(arena);
    Report report;
    Package package = made(&report, arena);
    Str file = file_of(&package, arena);

    for (uint32_t i = 0; i + 2 < package.parts.count; i++) {
        ArchiveParts parts = parts_of(file, arena);
        PackageRead read;
        Str wrong = STR_NONE;
        parts.items[i].bytes = STR("something else");
        EXPECT_ERR(package_read(rewritten(&parts, arena), arena, &read, &wrong), E_FORGED);
        EXPECT(str_equal(wrong, parts.items[i].name));
    }
}

TEST(a_list_that_was_changed_with_its_parts_is_not_what_was_signed)
{
    TEST_ARENA(arena);
    Report report;
    Package package = made(&report, arena), other = made(&report, arena);
    ArchiveParts parts = parts_of(file_of(&package, arena), arena);
    PackageRead read;
    Str wrong = STR_NONE, list = other.parts.items[other.parts.count - 1].bytes;

    EXPECT_OK(str_format(arena, &list, "%.*s", STR_ARGS(list)));
    parts.items[0].bytes = STR("another document");
    uint8_t hash[HASH_BYTES];
    EXPECT_OK(sha256(parts.items[0].bytes, hash));
    Buf buf = buf_new(arena, 4096);
    buf_add_hex(&buf, str_from_bytes(hash, HASH_BYTES));
    buf_add(&buf, str_slice(list, 2 * HASH_BYTES, list.length));
    EXPECT_OK(buf_done(&buf, &parts.items[parts.count - 2].bytes));
    EXPECT_ERR(package_read(rewritten(&parts, arena), arena, &read, &wrong), E_FORGED);
    EXPECT(str_equal(wrong, PACKAGE_SIGNATURE));
}

TEST(a_package_without_one_of_its_parts_or_with_one_more_is_refused)
{
    TEST_ARENA(arena);
    Report report;
    Package package = made(&report, arena);
    Str file = file_of(&package, arena), wrong;
    PackageRead read;

    for (uint32_t gone = 0; gone < package.parts.count + 1; gone++) {
        ArchiveParts parts = parts_of(file, arena);
        for (uint32_t i = gone; i + 1 < parts.count; i++)
            parts.items[i] = parts.items[i + 1];
        parts.count--;
        EXPECT(!is_ok(package_read(rewritten(&parts, arena), arena, &read, &wrong)));
    }
    ArchiveParts more = parts_of(file, arena);
    for (uint32_t i = more.count; i > 0; i--)
        more.items[i] = more.items[i - 1];
    more.items[0] = (ArchivePart){STR("virus.exe"), STR("MZ")};
    more.count++;
    EXPECT(!is_ok(package_read(rewritten(&more, arena), arena, &read, &wrong)));
}

TEST(a_package_is_read_back_with_its_report_its_documents_and_its_signature)
{
    TEST_ARENA(arena);
    Report report;
    Package package = made(&report, arena);
    PackageRead read;
    Str wrong;

    EXPECT_OK(package_read(file_of(&package, arena), arena, &read, &wrong));
    EXPECT(read.parts.count == 7 && read.report.entries.count == report.entries.count);
    EXPECT(str_equal(read.parts.items[3].bytes, documents[0]) && str_equal(read.parts.items[4].bytes, documents[1]));
    EXPECT_STR(read.report.documents.items[1].file, "dokument-2.png");
    EXPECT(read.report.documents.items[0].size == (int64_t)documents[0].length);
    EXPECT(memcmp(read.list.bytes, package.list.bytes, HASH_BYTES) == 0);
    EXPECT(memcmp(&read.signature, &signature, sizeof signature) == 0);
}

TEST(the_same_report_gives_the_same_package)
{
    TEST_ARENA(arena);
    Report report;
    Package first = made(&report, arena), second = made(&report, arena);

    EXPECT(str_equal(file_of(&first, arena), file_of(&second, arena)));
}

TEST(the_document_is_made_in_both_languages)
{
    TEST_ARENA(arena);
    static const char *const languages[] = {"nb", "nn"};

    for (size_t i = 0; i < COUNT_OF(languages); i++) {
        Report report = sample_report(arena);
        Package package;
        report.made.language = str_from_c(languages[i]);
        EXPECT_OK(package_make(&report, documents, NULL, arena, &package));
        EXPECT(str_starts(package.parts.items[0].bytes, STR("%PDF-")));
    }
}

/* As many as a log has room for in the bench: each a page's worth of words, and the papers of its consents. */
#define MANY 3000
#define PAPER_BYTES ((size_t)2 << 20)

TEST(a_log_of_three_thousand_entries_with_documents_fits_into_what_making_one_may_take)
{
    AUTO(arena_freep) Arena *arena = NULL;
    char *paper = NULL;
    Str papers[2], wrong;
    PackageFile file;
    PackageRead read;
    Package package;

    EXPECT_OK(arena_new((size_t)256 << 20, &arena));
    Report report = sample_report(arena);
    const ReportEntry one = report.entries.items[2];
    EXPECT_OK(ARENA_NEW(arena, ReportEntry, MANY, &report.entries.items));
    for (uint32_t i = 0; i < MANY; i++) {
        report.entries.items[i] = one;
        report.entries.items[i].id.bytes[14] = (uint8_t)(i >> 8);
        report.entries.items[i].id.bytes[15] = (uint8_t)i;
        report.entries.items[i].entry = report.entries.items[i].id;
    }
    report.entries.count = MANY;
    EXPECT_OK(arena_alloc_bytes(arena, PAPER_BYTES, &paper));
    memset(paper, 'x', PAPER_BYTES);
    papers[0] = papers[1] = str_from_bytes(paper, PAPER_BYTES);
    EXPECT_OK(package_make(&report, papers, NULL, arena, &package));
    EXPECT_OK(package_finish(&package, &signature, INT64_C(1764003600456), arena, &file));
    EXPECT(arena_used(arena) < (size_t)128 << 20);
    EXPECT_OK(package_read(joined(file.pieces, file.count, arena), arena, &read, &wrong));
    EXPECT(read.report.entries.count == MANY && read.parts.items[3].bytes.length == PAPER_BYTES);
}

RUN_TESTS("report package")
