/* Tests that read as sentences: TEST(a_thing_in_a_circumstance_has_this_outcome) { EXPECT(...); }
 * Each test registers itself in the order of its file; RUN_TESTS at the file's end is main and prints TAP. With TEST_ONLY in
 * the environment only the sentences that match it run (* and ? stand for others); `make one` sets it.
 * Must be included by tests only. */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
/* cmocka has a fail() of its own; ours makes an Err. */
#undef fail

#include "base/buf.h"

#define TEST_MAX 400

__attribute__((unused)) static struct CMUnitTest test_list[TEST_MAX];
__attribute__((unused)) static size_t test_count;

#define TEST(sentence)                                                                             \
    static void sentence(void **test_state);                                                     \
    __attribute__((constructor)) static void register_##sentence(void)                             \
    {                                                                                          \
        if (test_count == TEST_MAX)                                                            \
            abort();                                                                           \
        test_list[test_count++] = (struct CMUnitTest){.name = #sentence, .test_func = sentence};       \
    }                                                                                          \
    static void sentence(__attribute__((unused)) void **test_state)

#define EXPECT(condition) assert_true(condition)
#define EXPECT_OK(call) expect_err((call), E_OK, #call, __FILE__, __LINE__)
#define EXPECT_ERR(call, error) expect_err((call), (error), #call, __FILE__, __LINE__)
#define EXPECT_STR(actual, expected) expect_str((actual), str_from_c(expected), __FILE__, __LINE__)

__attribute__((unused)) static void expect_err(Err got, enum err_id wanted, const char *call, const char *file, int line)
{
    if (got.id == wanted)
        return;
    print_error("%s: E_%s (at %s:%u), expected E_%s\n", call, err_name(got.id), got.file ? got.file : "-", got.line,
                err_name(wanted));
    _fail(file, line);
}

__attribute__((unused)) static void expect_str(Str got, Str wanted, const char *file, int line)
{
    if (str_equal(got, wanted))
        return;
    print_error("\"%.*s\", expected \"%.*s\"\n", STR_ARGS(got), STR_ARGS(wanted));
    _fail(file, line);
}

/* An arena for one test; freed by AUTO. */
__attribute__((unused)) static Arena *test_arena(void)
{
    Arena *arena = NULL;
    if (!is_ok(arena_new((size_t)64 << 20, &arena)))
        abort();
    return arena;
}
#define TEST_ARENA(name) AUTO(arena_freep) Arena *name = test_arena()

#define RUN_TESTS(group)                                                                       \
    int main(void)                                                                             \
    {                                                                                          \
        cmocka_set_message_output(CM_OUTPUT_TAP);                                              \
        cmocka_set_test_filter(getenv("TEST_ONLY"));                                           \
        return _cmocka_run_group_tests(group, test_list, test_count, NULL, NULL);              \
    }

#endif
