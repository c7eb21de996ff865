#include "support/test.h"

#include "api/problem.h"

static Str written(const Problem *problem, Arena *arena)
{
    Str body = STR_NONE;

    EXPECT_OK(problem_write(problem, LANGUAGE_EN, arena, &body));
    return body;
}

TEST(forbidden_and_absent_are_the_same_bytes)
{
    TEST_ARENA(arena);
    const Problem forbidden = {.status = problem_status(E_FORBIDDEN)}, absent = {.status = problem_status(E_NOT_FOUND)};

    EXPECT(str_equal(written(&forbidden, arena), written(&absent, arena)));
    EXPECT_STR(written(&absent, arena), "{\"type\":\"about:blank\",\"title\":\"Not found\",\"status\":404,"
                                        "\"detail\":\"The address does not exist, or it is not for you.\"}");
}

TEST(every_error_but_a_mistake_of_our_own_has_a_status_with_words_of_its_own)
{
    for (unsigned error = E_OK + 1; error < E_COUNT; error++) {
        TEST_ARENA(arena);
        const Problem problem = {.status = problem_status((enum err_id)error)};

        bool ours = str_starts(written(&problem, arena), STR("{\"type\":\"about:blank\",\"title\":\"Something went wrong\""));
        EXPECT(ours == (problem.status == 500));
    }
}

TEST(a_session_that_is_not_there_is_401_and_an_old_version_412)
{
    EXPECT(problem_status(E_NO_SESSION) == 401 && problem_status(E_NO_GRANT) == 401);
    EXPECT(problem_status(E_STALE) == 412 && problem_status(E_NO_VERSION) == 428);
    EXPECT(problem_status(E_BAD_ORIGIN) == 403 && problem_status(E_MEDIA_TYPE) == 415);
}

TEST(each_wrong_field_is_named_with_a_code_and_words)
{
    TEST_ARENA(arena);
    ApiDocument document;

    EXPECT_OK(api_read(STR("{\"note_kind\":\"7\"}"), kind_of(KIND_NOTE), arena, &document));
    EXPECT_STR(written(&(Problem){.status = 422, .document = &document}, arena),
               "{\"type\":\"about:blank\",\"title\":\"Something must be corrected\",\"status\":422,"
               "\"detail\":\"One or more fields are not valid.\",\"errors\":["
               "{\"field\":\"note_kind\",\"code\":\"bad_code\",\"detail\":\"What kind of note: Choose one of the options\"},"
               "{\"field\":\"text\",\"code\":\"missing\",\"detail\":\"Text: Fill in this field\"}]}");
}

TEST(the_reason_of_a_removal_has_a_label)
{
    TEST_ARENA(arena);
    Str text;

    EXPECT_OK(fault_words(LANGUAGE_EN, (FieldFault){&api_removal, 0, FAULT_MISSING}, arena, &text));
    EXPECT_STR(text, "Why should it be removed: Fill in this field");
}

TEST(a_status_without_words_reads_as_something_went_wrong)
{
    TEST_ARENA(arena);

    EXPECT(str_starts(written(&(Problem){.status = 418}, arena), STR("{\"type\":\"about:blank\",\"title\":\"Something went wrong\"")));
}

RUN_TESTS("api problem")
