/* A text beside its golden file. UPDATE_GOLDEN=1 writes the file anew: the change is then read as a diff.
 * Must be included by tests only.
 * Used by tests of everything that is printed. */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include <stdio.h>

#include "support/test.h"

#define GOLDEN_MAX ((size_t)1 << 20)

static inline Str golden_read(const char *path, Arena *arena)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;

    EXPECT_OK(ARENA_NEW(arena, char, GOLDEN_MAX, &bytes));
    EXPECT(file != NULL);
    size_t length = fread(bytes, 1, GOLDEN_MAX, file);
    fclose(file);
    return str_from_bytes(bytes, length);
}

static inline void golden_write(const char *path, Str text)
{
    FILE *file = fopen(path, "wb");

    EXPECT(file != NULL);
    EXPECT(fwrite(text.data, 1, text.length, file) == text.length && fclose(file) == 0);
}

/* The first lines that differ are told. */
static inline void golden_expect(const char *path, Str text)
{
    TEST_ARENA(arena);

    if (getenv("UPDATE_GOLDEN"))
        golden_write(path, text);
    Str golden = golden_read(path, arena);
    for (Str left = text, right = golden; left.length > 0 || right.length > 0;) {
        Str is, was;
        left = str_cut(left, '\n', &is);
        right = str_cut(right, '\n', &was);
        expect_str(is, was, path, 0);
    }
    EXPECT(str_equal(text, golden));
}

#endif
