#include "support/test.h"

#include <string.h>

#include <stdio.h>

#include "web/api/document.h"
#include "web/call/route.h"

TEST(every_row_under_api_and_no_other_answers_documents)
{
    for (size_t i = 0; i < route_count; i++)
        EXPECT(str_starts(str_from_c(routes[i].path), STR("/api/")) == (routes[i].api != NULL));
}

TEST(every_row_under_api_is_named_told_and_answers_something)
{
    for (size_t i = 0; i < route_count; i++) {
        const ApiRoute *api = routes[i].api;
        if (api)
            EXPECT(api->name && api->summary && api->answer > API_NONE && api->answer < API_SHAPE_COUNT);
    }
}

/* Whatever is changed below one entry's address. */
TEST(nobody_changes_an_entry_without_saying_which_version)
{
    for (size_t i = 0; i < route_count; i++)
        if (routes[i].api && routes[i].method != METHOD_GET)
            EXPECT(routes[i].api->versioned == (strstr(routes[i].path, "/entries/{id}/") != NULL));
}

TEST(the_printed_description_is_the_golden_file)
{
    TEST_ARENA(arena);
    char *golden = NULL;
    Str text;

    EXPECT_OK(api_document(arena, &text));
    bool update = getenv("UPDATE_GOLDEN") != NULL;
    FILE *file = fopen("docs/openapi.json", update ? "wb" : "rb");
    EXPECT(file != NULL);
    EXPECT_OK(ARENA_NEW(arena, char, (size_t)1 << 20, &golden));
    if (update)
        fwrite(text.data, 1, text.length, file);
    else
        EXPECT(str_equal(text, str_from_bytes(golden, fread(golden, 1, (size_t)1 << 20, file))));
    fclose(file);
}

RUN_TESTS("api document")
