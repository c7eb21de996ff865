#include "report/archive.h"

#include <stdio.h>
#include <unistd.h>

#include "support/test.h"

#define AT INT64_C(1764003600456)

static ArchivePart three[] = {
    {STR("arkivrapport.pdf"), STR("%PDF-1.7 and so on")}, {STR("data.json"), STR("{}\n")}, {STR("sha256.txt"), STR_NONE},
};
static const ArchiveParts parts = {three, COUNT_OF(three)};

static Str file_of(const ArchiveParts *of, Arena *arena)
{
    Str *pieces = NULL, file = STR_NONE;

    EXPECT_OK(archive_write(of, AT, arena, &pieces));
    EXPECT_OK(str_join(arena, pieces, (size_t)2 * of->count + 1, &file));
    return file;
}

TEST(a_file_with_any_byte_changed_is_refused)
{
    TEST_ARENA(arena);
    Str file = file_of(&parts, arena);
    char *bytes = NULL;
    ArchiveParts read;

    EXPECT_OK(arena_alloc_bytes(arena, file.length, &bytes));
    for (size_t i = 0; i < file.length; i++) {
        memcpy(bytes, file.data, file.length);
        bytes[i] = (char)(bytes[i] ^ 0x20);
        EXPECT_ERR(archive_read(str_from_bytes(bytes, file.length), arena, &read), E_MALFORMED);
    }
}

TEST(a_file_that_is_cut_anywhere_is_refused)
{
    TEST_ARENA(arena);
    Str file = file_of(&parts, arena);
    ArchiveParts read;

    for (size_t length = 0; length < file.length; length++)
        EXPECT_ERR(archive_read(str_slice(file, 0, length), arena, &read), E_MALFORMED);
}

TEST(names_that_lead_elsewhere_are_refused)
{
    TEST_ARENA(arena);
    static const char *const names[] = {"", "../data.json", "a/b", "A.txt", ".hidden", "a b"};
    Str *pieces = NULL;

    for (size_t i = 0; i < COUNT_OF(names); i++) {
        ArchivePart part = {str_from_c(names[i]), STR("x")};
        EXPECT_ERR(archive_write(&(ArchiveParts){&part, 1}, AT, arena, &pieces), E_RANGE);
    }
}

TEST(two_parts_of_one_name_are_refused)
{
    TEST_ARENA(arena);
    ArchivePart twice[] = {three[1], three[1]};
    ArchiveParts read;

    EXPECT_ERR(archive_read(file_of(&(ArchiveParts){twice, 2}, arena), arena, &read), E_MALFORMED);
}

TEST(what_is_written_is_read_back)
{
    TEST_ARENA(arena);
    ArchiveParts read = {0};

    EXPECT_OK(archive_read(file_of(&parts, arena), arena, &read));
    EXPECT(read.count == parts.count);
    for (uint32_t i = 0; i < read.count; i++)
        EXPECT(str_equal(read.items[i].name, three[i].name) && str_equal(read.items[i].bytes, three[i].bytes));
}

/* The standard library of Python reads it with its own eyes, and knows the checksums. */
TEST(another_program_opens_it)
{
    TEST_ARENA(arena);
    char path[] = "/tmp/stafettlogg-zip-XXXXXX", command[256];
    Str file = file_of(&parts, arena);
    int handle = mkstemp(path);

    EXPECT(handle >= 0 && write(handle, file.data, file.length) == (ssize_t)file.length && close(handle) == 0);
    snprintf(command, sizeof command,
             "python3 -c \"import sys,zipfile; z=zipfile.ZipFile('%s'); sys.exit(z.testzip() is not None or len(z.namelist())!=3)\"", path);
    int status = system(command);
    (void)unlink(path);
    EXPECT(status == 0);
}

RUN_TESTS("report archive")
