/* stafettlogg policy: the rules as the tables of the program say them, whole or one table at a time.
 * Must not need a database or a key.
 * Called from the table of commands. */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "cli/command/command.h"
#include "cli/numbers.h"
#include "domain/codes.h"
#include "domain/policy/policy.h"
#include "domain/policy/policy_print.h"
#include "domain/tables.h"
#include "keyd/ceilings.h"
#include "service/municipality/keeping.h"
#include "text/text.h"

#define TEXT_MAX ((size_t)1 << 20)
#define KEY_MAX 64

static void code_row(Buf *buf, const Codes *codes, uint32_t at)
{
    char key[KEY_MAX];

    snprintf(key, sizeof key, "%s.%u", codes->key, codes->items[at]);
    buf_format(buf, "| %s | %u | ", codes->key, codes->items[at]);
    buf_add(buf, msg_by_key(LANGUAGE_NB, str_from_c(key)));
    buf_add(buf, STR(" | "));
    buf_add(buf, msg_by_key(LANGUAGE_EN, str_from_c(key)));
    buf_add(buf, STR(" |\n"));
}

static void code_table(Buf *buf)
{
    buf_add(buf, STR("| list | number | bokmål | English |\n|---|--:|---|---|\n"));
    for (unsigned list = CODES_NONE + 1; list < CODES_COUNT; list++) {
        Codes codes = codes_of((CodeList)list);
        for (uint32_t i = 0; i < codes.count; i++)
            code_row(buf, &codes, i);
    }
}

static void why_table(Buf *buf)
{
    buf_add(buf, STR("| answer | bokmål | English |\n|---|---|---|\n"));
    for (unsigned why = WHY_UNDECIDED + 1; why < WHY_COUNT; why++) {
        buf_format(buf, "| %s | ", why_name((Why)why));
        buf_add(buf, msg_by_key(LANGUAGE_NB, str_from_c(why_key((Why)why))));
        buf_add(buf, STR(" | "));
        buf_add(buf, msg_by_key(LANGUAGE_EN, str_from_c(why_key((Why)why))));
        buf_add(buf, STR(" |\n"));
    }
}

static void ceiling_table(Buf *buf)
{
    static const struct {
        const char *name;
        bool distinct;
        uint32_t least, thousandths, most;
        ShareOf of;
    } ceilings[] = {
#define X(name, acts, per, window, distinct, least, thousandths, of, most) {name, distinct, least, thousandths, most, of},
        CEILINGS(X)
#undef X
    };
    static const char *const scopes[] = {[OF_NOTHING] = "", [OF_LOGS] = "logs", [OF_PERSONS] = "persons"};

    buf_add(buf, STR("| ceiling | counts | at least | a share | at most |\n|---|---|--:|--:|--:|\n"));
    for (size_t i = 0; i < COUNT_OF(ceilings); i++) {
        buf_format(buf, "| %s | %s | %u | ", ceilings[i].name, ceilings[i].distinct ? "each scope once" : "uses", ceilings[i].least);
        if (ceilings[i].of != OF_NOTHING)
            buf_format(buf, "%u %% of its %s", ceilings[i].thousandths / 10, scopes[ceilings[i].of]);
        buf_format(buf, " | %u |\n", ceilings[i].most);
    }
}

/* What the domain cannot print: texts of the catalogue, and what another process counts. */
static const DomainTable own_tables[] = {
    {.name = "print", .help = "all rights as one text (tests/golden/policy.txt)", .print = policy_print},
    {.name = "numbers", .help = "every number that is stored for ever (tests/golden/numbers.txt)", .print = numbers_print},
    {.name = "codes", .help = "the code lists, with their words", .print = code_table},
    {.name = "answers", .help = "what the policy may answer, with the words for it", .print = why_table},
    {.name = "keeping", .help = "rows that end by themselves, and how long each is kept", .print = keeping_print},
    {.name = "ceilings", .help = "how many keys the key agent gives out", .print = ceiling_table},
};

static const struct {
    const DomainTable *items;
    const size_t *count;
} sources[] = {
    {own_tables, &(const size_t){COUNT_OF(own_tables)}},
    {policy_tables, &policy_table_count},
    {domain_tables, &domain_table_count},
};

static const DomainTable *table_named(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(sources); i++)
        for (size_t at = 0; at < *sources[i].count; at++)
            if (strcmp(sources[i].items[at].name, name) == 0)
                return &sources[i].items[at];
    return NULL;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    const DomainTable **table = state->input;

    if (key == ARGP_KEY_ARG && state->arg_num == 0)
        *table = table_named(text);
    if (key == ARGP_KEY_NO_ARGS || (key == ARGP_KEY_ARG && (state->arg_num > 0 || !*table)))
        argp_usage(state);
    return key == ARGP_KEY_ARG ? 0 : ARGP_ERR_UNKNOWN;
}

/* The help names every table, from the tables themselves. */
static char *help(int key, const char *text, void *input)
{
    char *names = NULL;
    size_t length = 0;

    (void)input;
    FILE *file = key == ARGP_KEY_HELP_EXTRA ? open_memstream(&names, &length) : NULL;
    if (!file)
        return text ? strdup(text) : NULL;
    fprintf(file, "TABLE is one of these; print and numbers are plain text, the others Markdown:\n");
    for (size_t i = 0; i < COUNT_OF(sources); i++)
        for (size_t at = 0; at < *sources[i].count; at++)
            fprintf(file, "  %-10s %s\n", sources[i].items[at].name, sources[i].items[at].help);
    fclose(file);
    return names;
}

Err command_policy(int argc, char **argv)
{
    static const struct argp argp = {
        .parser = parse,
        .args_doc = "TABLE",
        .doc = "Prints a table of the rules that the program decides by.",
        .help_filter = help,
    };
    const DomainTable *table = NULL;
    AUTO(arena_freep) Arena *arena = NULL;
    Str text = STR_NONE;

    argp_parse(&argp, argc, argv, 0, NULL, &table);
    TRY(arena_new(2 * TEXT_MAX, &arena));
    Buf buf = buf_new(arena, TEXT_MAX);
    table->print(&buf);
    TRY(buf_done(&buf, &text));
    return fwrite(text.data, 1, text.length, stdout) == text.length && fflush(stdout) == 0 ? ok() : fail(E_IO);
}
