/* The printed policy is all that a decision rests on: whoever reads it line by line, the first row that fits, comes to the answers
 * of the program.
 * Must not look at a table of policy but through its print.
 * Run by meson test. */
#include <stdio.h>
#include <string.h>

#include "support/test.h"

#include "domain/policy/policy.h"
#include "domain/policy/policy_print.h"

#define LINES_MAX 600
#define PRINT_MAX ((size_t)1 << 20)

static Str lines[LINES_MAX];
static size_t line_count, stars_at, standing_at, acts_at, openings_at;

static bool begins(Str line, const char *words)
{
    return str_starts(line, str_from_c(words));
}

static void read_print(Arena *arena)
{
    Buf buf = buf_new(arena, PRINT_MAX);
    Str text = STR_NONE;

    policy_print(&buf);
    EXPECT_OK(buf_done(&buf, &text));
    for (line_count = 0; text.length > 0 && line_count < LINES_MAX; line_count++) {
        Str rest = str_cut(text, '\n', &lines[line_count]);
        text = rest;
        stars_at = begins(lines[line_count], "READ WITH A REASON") ? line_count : stars_at;
        standing_at = begins(lines[line_count], "HOW ONE STANDS") ? line_count : standing_at;
        acts_at = begins(lines[line_count], "ACTS") ? line_count : acts_at;
        openings_at = begins(lines[line_count], "OPENING REASONS") ? line_count : openings_at;
    }
    EXPECT(stars_at > 0 && standing_at > stars_at && acts_at > standing_at && openings_at > acts_at);
}

/* ---- words in a line ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

static bool has_word(Str list, const char *word)
{
    size_t length = strlen(word);

    for (size_t at = 0; at + length <= list.length; at++) {
        bool whole = (at == 0 || !is_letter(list.data[at - 1])) && (at + length == list.length || !is_letter(list.data[at + length]));
        if (whole && memcmp(list.data + at, word, length) == 0)
            return true;
    }
    return false;
}

/* What stands behind a label up to the next "|" or ";"; empty without it. */
static Str part(Str line, const char *label)
{
    size_t length = strlen(label);

    for (size_t at = 0; at + length <= line.length; at++) {
        size_t end = at + length;
        if (memcmp(line.data + at, label, length) != 0)
            continue;
        while (end < line.length && line.data[end] != '|' && line.data[end] != ';')
            end++;
        return str_slice(line, at + length, end);
    }
    return STR_NONE;
}

static const char *state_word(State state)
{
    return state == STATE_NONE ? "no-log" : state_code(state);
}

/* Every flag of a list is set, or is not. */
static bool all_flags(Str list, Flags flags, bool wanted)
{
    for (unsigned bit = 0; bit < FLAG_COUNT; bit++)
        if (has_word(list, flag_code((enum flag_bit)bit)) && ((flags >> bit & 1) != 0) != wanted)
            return false;
    return true;
}

static bool fits(Str when, Ask ask)
{
    Str states = STR_NONE;

    (void)str_cut(when, ';', &states);
    return has_word(states, state_word(ask.state)) && all_flags(part(when, "; with "), ask.flags, true) &&
           all_flags(part(when, "; without "), ask.flags, false);
}

/* ---- the matrix ---- */

static Str cell_of(Ask ask)
{
    for (size_t at = 1; at + 10 < stars_at; at++) {
        if (!begins(lines[at], "  when: ") || !fits(str_slice(lines[at], strlen("  when: "), SIZE_MAX), ask))
            continue;
        for (size_t column = at + 1; column <= at + 9; column++)
            if (has_word(str_slice(lines[column], 0, 13), role_short(ask.role)))
                return str_slice(lines[column], 13, SIZE_MAX);
        return STR_NONE;
    }
    return STR_NONE;
}

static bool starred(Ask ask)
{
    for (size_t at = stars_at + 2; at < standing_at; at++)
        if (has_word(part(lines[at], ", by "), role_short(ask.role)) && fits(str_slice(lines[at], str_find(lines[at], '|', 0) + 5, SIZE_MAX), ask))
            return true;
    return false;
}

/* ---- the acts ---- */

static bool reason_is_given(Ask ask)
{
    for (size_t at = openings_at + 2; at < line_count; at++)
        if (has_word(str_slice(lines[at], 0, 5), role_short(ask.role)))
            return ask.opening != OPENING_NONE && has_word(str_slice(lines[at], 5, SIZE_MAX), opening_code(ask.opening));
    return false;
}

static bool stands_so(Str line, Ask ask)
{
    Str as = part(line, "| as ");

    if (has_word(line, "anyone"))
        return true;
    if (as.length > 0)
        return has_word(as, relation_code(ask.relation));
    for (size_t at = standing_at + 2; at < acts_at; at++)
        if (has_word(str_slice(lines[at], 0, 7), role_short(ask.role)))
            return has_word(str_slice(lines[at], 7, SIZE_MAX), relation_code(ask.relation));
    return false;
}

static bool is_shut(Str line, Ask ask)
{
    bool hold = (ask.flags & FLAG_HOLD) && ask.state != STATE_NONE;
    bool stopped = (ask.flags & FLAG_PROCESSING_STOPPED) && !has_word(line, "looks");

    return (hold && part(line, "even when held").data == NULL && !has_word(part(line, "| only "), "hold")) ||
           (stopped && part(line, "even when stopped").data == NULL && !has_word(part(line, "| only "), "processing_stopped"));
}

static bool any_word(Str wanted, Str cell)
{
    static const char *const words[] = {"read", "write", "notes", "own-evaluation", "stub", "consent", "offered-copy", "date",
                                        "decision", "report", "corrections"};

    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (has_word(wanted, words[i]) && has_word(cell, words[i]))
            return true;
    return false;
}

/* 'y' yes, 'r' with a reason, 'n' no, by one line of the acts. */
static char by_line(Str line, Ask ask)
{
    Str needs = part(line, "| needs any of "), cell = cell_of(ask), why = part(line, "| *reason ");
    bool asked = false;

    if (!stands_so(line, ask) || is_shut(line, ask))
        return 'n';
    if (needs.length > 0) {
        bool kept_out = (has_word(cell, "if-let-in") && !(ask.flags & FLAG_LET_IN)) || (has_word(cell, "if-knows") && !(ask.flags & FLAG_KNOWS)) ||
                        (has_word(cell, "if-approver") && !(ask.flags & FLAG_APPROVER));
        if (kept_out || !any_word(needs, cell))
            return 'n';
        asked = has_word(cell, "reason") || (has_word(cell, "read") && starred(ask));
    }
    if (!all_flags(part(line, "| only "), ask.flags, true) || !all_flags(part(line, "| never "), ask.flags, false))
        return 'n';
    if (why.length > 0 && !has_word(why, "always"))
        return reason_is_given(ask) && has_word(why, opening_code(ask.opening)) ? 'y' : 'r';
    return (asked || why.length > 0) && !reason_is_given(ask) ? 'r' : 'y';
}

static char replay(Ask ask)
{
    const char *act = act_code(ask.act);

    for (size_t at = acts_at + 2; at + 1 < openings_at; at++) {
        Str roles = STR_NONE;
        if (!begins(lines[at], act) || lines[at].data[strlen(act)] != ' ')
            continue;
        (void)str_cut(lines[at], '|', &roles);
        if (!has_word(str_slice(roles, strlen(act), SIZE_MAX), role_short(ask.role)) || !has_word(part(lines[at], "| in "), state_word(ask.state)))
            continue;
        char answer = by_line(lines[at], ask);
        if (answer != 'n')
            return answer;
    }
    return 'n';
}

/* Half of the questions are about what the rows of the matrix say when several of their flags meet. */
static Ask reading(Ask ask, uint64_t draw)
{
    static const Act acts[] = {ACT_LOG_READ, ACT_STUB_READ, ACT_NOTE_WRITE, ACT_ENTRY_CORRECT};
    const Flags meet = FLAG_OF_AGE | FLAG_OWN_CONSENT | FLAG_CONSENT_INVALID | FLAG_IN_GRACE | FLAG_FROZEN_SEGMENT |
                       FLAG_DECLARANT_SIDE | FLAG_FORMER_UNIT_OPEN | FLAG_LET_IN | FLAG_KNOWS | FLAG_GUARDIANS_WRITE | FLAG_OWN;

    ask.act = acts[(draw >> 36) % COUNT_OF(acts)];
    ask.role = (Role)(ROLE_MUNICIPALITY_ADMIN + (draw >> 41) % ROLE_SUPPORT);
    ask.state = (draw >> 44) % 4 ? STATE_ACTIVE : STATE_PASSIVE;
    ask.flags = (Flags)(draw >> 24) & meet;
    ask.relation = policy_log_relation(ask.role);
    return ask;
}

TEST(whoever_replays_the_printed_policy_comes_to_the_answers_of_the_program)
{
    TEST_ARENA(arena);
    uint64_t draw = 20260202;
    unsigned differences = 0, yes = 0, reasons = 0;

    read_print(arena);
    for (unsigned i = 0; i < 60000; i++) {
        draw = draw * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        /* Few flags at a time, else nearly everything is held or stopped. */
        Flags flags = (Flags)(draw >> 32) & (Flags)(draw >> 13) & (Flags)(draw >> 21);
        Ask ask = {.act = (Act)(1 + (draw >> 33) % (ACT_COUNT - 1)), .role = (Role)(1 + (draw >> 41) % (ROLE_COUNT - 1)),
                   .state = (State)((draw >> 45) % STATE_COUNT), .flags = flags, .opening = (Opening)((draw >> 52) % 3 * OPENING_INCIDENT % OPENING_LIMIT)};
        ask.relation = i % 4 ? policy_log_relation(ask.role) : (Relation)((draw >> 49) % RELATION_COUNT);
        if (i % 2)
            ask = reading(ask, draw);
        if (ask.relation == RELATION_STANDING_IN && ask.role == ROLE_ORG_MANAGER)
            continue; /* two rows at once, as the print says */
        Why why = policy_decide(ask);
        char decided = why == WHY_ALLOWED ? 'y' : why == WHY_ASK_REASON ? 'r' : 'n';
        yes += decided == 'y';
        reasons += decided == 'r';
        if (decided == replay(ask))
            continue;
        if (differences++ < 10)
            printf("# %s %s as %s, %s, flags %llx, %s: the program says %c, the print %c\n", act_code(ask.act), role_code(ask.role),
                   relation_code(ask.relation), state_word(ask.state), (unsigned long long)ask.flags, opening_code(ask.opening), decided, replay(ask));
    }
    EXPECT(differences == 0);
    EXPECT(yes > 2000 && reasons > 1000); /* it was not all refused */
}

RUN_TESTS("policy_replay")
