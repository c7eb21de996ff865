/* stafettlogg transfer card|trust|list|export|import: logs that go to a municipality of another installation, by files.
 * Must not decide whom a file is believed to be from: service does.
 * Called from the table of commands; the act itself also by serve's control thread. */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "cli/control/transfer.h"
#include "service/crossing/post.h"
#include "service/municipality.h"
#include "sys/file.h"

#define FILE_MAX ((size_t)20 << 20)
#define SCRATCH ((size_t)96 << 20)
#define TRANSFER_ARENA ((size_t)256 << 20)

/* ---- the act ---- */

static void tell_fingerprint(const uint8_t fingerprint[static FINGERPRINT_BYTES], Buf *out)
{
    buf_add(out, STR("fingerprint"));
    for (size_t i = 0; i < FINGERPRINT_BYTES; i += 2) {
        buf_add_char(out, ' ');
        buf_add_hex(out, str_from_bytes(fingerprint + i, 2));
    }
    buf_add(out, STR("\n"));
}

/* The card goes to stdout, what is read to the other to stderr. */
static Err make_card(const Doing *doing, const Post *post, Arena *arena)
{
    Buf words = buf_new(arena, 256);
    uint8_t fingerprint[FINGERPRINT_BYTES];
    Str file = STR_NONE, text = STR_NONE;

    TRY(post_card(post, arena, &file, fingerprint));
    tell_fingerprint(fingerprint, &words);
    TRY(buf_done(&words, &text));
    TRY(doing->hearer->tell(doing->hearer->self, text));
    buf_add(doing->out, file);
    return ok();
}

static Err trust(const Doing *doing, const Post *post, Arena *arena)
{
    Str file = STR_NONE;
    Card card;

    TRY(base64url_decode(arena, doing->texts[3], &file));
    TRY(post_trust(post, file, doing->texts[2], arena, &card));
    buf_format(doing->out, "%.*s %.*s is known, with %u units\n", STR_ARGS(card.number), STR_ARGS(card.name), card.unit_count);
    return ok();
}

static const char *words_of(PostKind kind, LetterKind letter)
{
    static const char *const letters[] = {[LETTER_ASKS] = "a unit is asked",         [LETTER_TAKES] = "it is taken",
                                          [LETTER_REFUSES] = "it is not taken",      [LETTER_DROPS] = "nothing comes of it",
                                          [LETTER_ARRIVED] = "the log has arrived"};

    return kind == POST_PARCEL ? "the log" : letters[letter];
}

static Err list(const Doing *doing, const Post *post, Arena *arena)
{
    PostItems items = {0};

    TRY(post_due(post, arena, &items));
    for (uint32_t i = 0; i < items.count; i++) {
        buf_add_id(doing->out, items.items[i].transfer);
        buf_format(doing->out, " to %.*s: %s\n", STR_ARGS(items.items[i].to), words_of(items.items[i].kind, items.items[i].letter));
    }
    return ok();
}

static Err take_out(const Doing *doing, const Post *post, Arena *arena)
{
    Str file = STR_NONE;
    Id transfer;

    TRY(id_from_text(doing->texts[2], &transfer));
    TRY(post_export(post, transfer, arena, &file));
    buf_add(doing->out, file);
    return ok();
}

/* Why it is refused, in words of this act; the error's own say less. */
static const char *refusal_of(enum err_id id)
{
    switch ((int)id) {
    case E_FORBIDDEN:
        return "it is from a municipality whose card was not taken in: see `transfer trust`";
    case E_FORGED:
        return "it was changed, or another installation signed it";
    case E_INVALID:
        return "it is for another municipality, unit or transfer";
    case E_REPLAYED:
        return "it was taken in before";
    case E_STALE:
        return "it does not fit how far the transfer is: it was called off, is over, or something was written since it was decided";
    case E_MODE:
        return "it is of an installation of another mode";
    default:
        return NULL;
    }
}

static Err take_in(const Doing *doing, const Post *post, Arena *arena)
{
    PostTaken taken;
    Str file = STR_NONE;

    TRY(base64url_decode(arena, doing->texts[3], &file));
    Err done = post_import(post, file, &taken);
    const char *refusal = refusal_of(done.id);
    if (refusal)
        buf_format(doing->out, "refused: %s\n", refusal);
    TRY(done);
    buf_add_id(doing->out, taken.transfer);
    buf_format(doing->out, ": %s\n", words_of(taken.kind, taken.letter));
    return ok();
}

static const struct Word {
    const char *word;
    Err (*does)(const Doing *doing, const Post *post, Arena *arena);
} acts[] = {{"card", make_card}, {"trust", trust}, {"list", list}, {"export", take_out}, {"import", take_in}};

Err control_transfer(const Doing *doing)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Post post = {.service = &doing->installation->service, .by = doing->by};
    Municipality municipality;

    TRY(arena_new(TRANSFER_ARENA, &arena));
    TRY(municipality_by_number(post.service, doing->texts[1], arena, &municipality));
    TRY(world_now(post.service->world, &post.now));
    post.tenant = municipality.tenant;
    for (size_t i = 0; i < COUNT_OF(acts); i++)
        if (str_equal(doing->texts[0], str_from_c(acts[i].word)))
            return acts[i].does(doing, &post, arena);
    return fail(E_MALFORMED);
}

/* ---- the command ---- */

static const struct argp_option options[] = {
    {.name = "municipality", .key = 'm', .arg = "NNNN", .doc = "one's own municipality, by its number"},
    {.name = "fingerprint", .key = 'f', .arg = "HEX", .doc = "of a card, as somebody there has read it out"},
    {0},
};

typedef struct Wish {
    Place place;
    const char *municipality, *fingerprint;
    const char *words[2];
    unsigned count;
} Wish;

static bool is_word(const Wish *wish, const char *word)
{
    return wish->count > 0 && strcmp(wish->words[0], word) == 0;
}

static void check_complete(const Wish *wish, struct argp_state *state)
{
    const bool file = is_word(wish, "trust") || is_word(wish, "import"), id = is_word(wish, "export");

    if (!wish->municipality)
        argp_error(state, "--municipality is needed");
    if (!file && !id && !is_word(wish, "card") && !is_word(wish, "list"))
        argp_error(state, "say card, trust, list, export or import");
    if ((wish->count == 2) != (file || id))
        argp_error(state, "trust and import take a file, export the id of a transfer, the others nothing");
    if (is_word(wish, "trust") != (wish->fingerprint != NULL))
        argp_error(state, "trust takes the --fingerprint, and nothing else does");
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    Wish *wish = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &wish->place;
        return 0;
    case 'm':
        wish->municipality = text;
        return 0;
    case 'f':
        wish->fingerprint = text;
        return 0;
    case ARGP_KEY_ARG:
        if (wish->count == COUNT_OF(wish->words))
            argp_error(state, "one file at a time");
        wish->words[wish->count++] = text;
        return 0;
    case ARGP_KEY_END:
        check_complete(wish, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static Err run(const Wish *wish)
{
    AUTO(arena_freep) Arena *arena = NULL;
    ControlRequest request = {.act = CONTROL_TRANSFER, .texts = {str_from_c(wish->words[0]), str_from_c(wish->municipality)}};
    Str content = STR_NONE;

    TRY(arena_new(SCRATCH, &arena));
    if (is_word(wish, "export"))
        request.texts[2] = str_from_c(wish->words[1]);
    if (wish->fingerprint)
        request.texts[2] = str_from_c(wish->fingerprint);
    if (is_word(wish, "trust") || is_word(wish, "import")) {
        TRY(about("file", wish->words[1], file_read(wish->words[1], FILE_MAX, arena, &content)));
        Buf text = buf_new(arena, CONTROL_BYTES_MAX);
        buf_add_base64url(&text, content);
        TRY(buf_done(&text, &request.texts[3]));
    }
    return about("municipality", wish->municipality, control_ask(&wish->place, &request));
}

Err command_transfer(int argc, char **argv)
{
    static const struct argp argp = {.options = options, .children = place_children, .parser = parse,
                                     .args_doc = "card|list\ntrust FILE\nexport ID\nimport FILE",
                                     .doc = "Logs that go to a municipality of another installation, by files that an operator carries. "
                                            "What is exported is written to stdout."};
    Wish wish = {.place.keyd = KEYD_SOCKET};

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    return run(&wish);
}
