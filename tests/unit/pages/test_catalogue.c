/* Every key that the domain's tables name stands in the catalogue, and no key of theirs names what is not there.
 * Must not list the keys again: it walks the tables. That all languages have them is checked by tools/messages.py.
 * Called by the suite unit. */
#include <stdio.h>

#include "support/test.h"

#include "api/read.h"
#include "domain/acts.h"
#include "domain/fields.h"
#include "domain/policy/policy.h"
#include "domain/roles.h"
#include "domain/settings.h"
#include "figures/figures.h"
#include "pages/pages.h"
#include "store/ending/purge.h"

static void expect_key(Arena *arena, const char *prefix, const char *code)
{
    Str key = STR_NONE;
    enum msg id;

    EXPECT_OK(str_format(arena, &key, "%s%s", prefix, code));
    if (msg_find(key, &id))
        return;
    print_error("no message %.*s\n", STR_ARGS(key));
    _fail(__FILE__, __LINE__);
}

TEST(every_code_of_every_list_has_a_text)
{
    TEST_ARENA(arena);

    for (unsigned list = CODES_NONE + 1; list < CODES_COUNT; list++) {
        Codes codes = codes_of((CodeList)list);
        for (uint32_t i = 0; i < codes.count; i++) {
            char number[16];
            snprintf(number, sizeof number, ".%u", codes.items[i]);
            expect_key(arena, codes.key, number);
        }
    }
}

TEST(every_role_state_act_reason_and_setting_has_a_text)
{
    TEST_ARENA(arena);

    for (unsigned role = ROLE_NONE + 1; role < ROLE_COUNT; role++)
        expect_key(arena, "role.", role_code((Role)role));
    for (unsigned state = STATE_NONE + 1; state < STATE_COUNT; state++)
        expect_key(arena, "state.", state_code((State)state));
    for (unsigned act = ACT_NONE + 1; act < ACT_COUNT; act++)
        expect_key(arena, "act.", act_code((Act)act));
    for (unsigned opening = OPENING_NONE + 1; opening < OPENING_LIMIT; opening++)
        expect_key(arena, "opening.", opening_code((Opening)opening));
    for (unsigned setting = 0; setting < SETTING_COUNT; setting++)
        expect_key(arena, "setting.", setting_rule((Setting)setting).code);
}

TEST(every_subject_breakdown_and_outcome_of_the_statistics_has_its_texts)
{
    TEST_ARENA(arena);
    static const char *const rows[] = {"attentions", "measures", "unit", "severity", "outcome", "attention", "year", "quarter"};

    for (unsigned view = 0; view < FIGURES_VIEW_COUNT; view++)
        expect_key(arena, "statistics.view.", figures_view_code((FiguresView)view));
    for (unsigned by = FIGURES_BY_NOTHING + 1; by < FIGURES_BY_COUNT; by++) {
        expect_key(arena, "statistics.by.", figures_by_code((FiguresBy)by));
        expect_key(arena, "statistics.each.", figures_by_code((FiguresBy)by));
    }
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        expect_key(arena, "statistics.rows.", rows[i]);
        expect_key(arena, "statistics.first.", rows[i]);
    }
    expect_key(arena, "statistics.outcome.", "0"); /* not evaluated */
    for (uint32_t i = 0; i < codes_of(CODES_OUTCOME).count; i++) {
        char number[8];
        snprintf(number, sizeof number, "%u", codes_of(CODES_OUTCOME).items[i]);
        expect_key(arena, "statistics.outcome.", number);
    }
    expect_key(arena, "statistics.all.", "attentions");
    expect_key(arena, "statistics.all.", "measures");
}

TEST(every_kind_of_rows_that_a_certificate_counts_has_a_text)
{
    TEST_ARENA(arena);
#define X(name, code) expect_key(arena, "purged.", code);
    PURGE_KINDS(X)
#undef X
}

TEST(every_answer_of_the_policy_and_every_fault_of_a_field_has_a_text)
{
    TEST_ARENA(arena);

    for (unsigned why = WHY_UNDECIDED; why < WHY_COUNT; why++)
        expect_key(arena, "", why_key((Why)why));
    for (unsigned fault = 0; fault < FAULT_COUNT; fault++)
        expect_key(arena, "", fault_key((Fault)fault));
}

TEST(every_field_of_every_kind_has_a_label)
{
    TEST_ARENA(arena);

    for (unsigned id = KIND_NONE + 1; id < KIND_LIMIT; id++) {
        const Kind *kind = kind_of(id);
        for (unsigned i = 0; i < kind->count; i++) {
            char key[96];
            snprintf(key, sizeof key, "%s.%s", kind->code, kind->fields[i].name);
            expect_key(arena, "field.", key);
        }
    }
}

TEST(what_people_write_in_a_log_has_a_name_a_heading_and_a_button)
{
    TEST_ARENA(arena);

    for (unsigned id = KIND_ATTENTION; id <= KIND_LEVEL; id++) {
        expect_key(arena, "entry.kind.", kind_of(id)->code);
        expect_key(arena, "entry.new.", kind_of(id)->code);
        expect_key(arena, "entry.save.", kind_of(id)->code);
    }
}

/* "field.goal.text.help" */
static bool names_a_field(Str key)
{
    Str prefix;
    Str code;
    Str name;
    const Kind *kind;
    Str rest = str_cut(key, '.', &prefix);

    rest = str_cut(rest, '.', &code);
    rest = str_cut(rest, '.', &name);
    for (size_t i = 0; i < api_body_count; i++)
        if (str_equal(code, str_from_c(api_bodies[i]->code)))
            return kind_find(api_bodies[i], name) >= 0;
    return is_ok(kind_from_str(code, &kind)) && kind_find(kind, name) >= 0 &&
           (rest.length == 0 || str_equal(rest, STR("help")));
}

TEST(no_label_or_help_names_a_field_that_does_not_exist)
{
    for (unsigned id = 0; id < MSG_COUNT; id++)
        if (str_starts(msg_key((enum msg)id), STR("field.")))
            EXPECT(names_a_field(msg_key((enum msg)id)));
}

TEST(a_key_that_nobody_wrote_is_not_found)
{
    enum msg id;

    EXPECT(!msg_find(STR("attention.98"), &id));
    EXPECT(!names_a_field(STR("field.goal.nothing")));
}

static bool says(enum language language, const char *key, const char *word)
{
    Str text = msg_by_key(language, str_from_c(key));

    return memmem(text.data, text.length, word, strlen(word)) != NULL;
}

TEST(a_notice_names_all_that_ends_it)
{
    static const char *const open[LANGUAGE_COUNT] = {[LANGUAGE_NB] = "stå åpen", [LANGUAGE_NN] = "stå open", [LANGUAGE_EN] = "stays open"};
    static const char *const longer[LANGUAGE_COUNT] = {[LANGUAGE_NB] = "forleng", [LANGUAGE_NN] = "forleng", [LANGUAGE_EN] = "prolong"};
    static const char *const away[LANGUAGE_COUNT] = {[LANGUAGE_NB] = "slett", [LANGUAGE_NN] = "slett", [LANGUAGE_EN] = "delete"};

    for (unsigned i = 0; i < LANGUAGE_COUNT; i++) {
        EXPECT(says((enum language)i, "notice.19", open[i]));
        EXPECT(says((enum language)i, "notice.26", longer[i]) && says((enum language)i, "notice.26", away[i]));
    }
}

RUN_TESTS("catalogue")
