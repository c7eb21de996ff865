/* stafettlogg custodian list | replace | accept-head: who holds a share, what the others do when one is lost, and what they do
 * after an incident.
 * Must not run beside an agent over the same key file, nor touch the key file before the new shares are written.
 * Called from the table of commands. */
#include <argp.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/keys/shares.h"
#include "keyd/accept.h"
#include "keyd/journal.h"
#include "keyd/replace.h"
#include "sys/file.h"
#include "sys/sandbox.h"

#define SCRATCH ((size_t)256 << 10)

enum { OPTION_LOST = 256, OPTION_UNATTENDED, OPTION_DATABASE, OPTION_SIZE, OPTION_ROOT };

typedef struct Wish {
    const char *act;
    KeyFilePlaces places;
    const char *shares[CUSTODIANS_MAX];
    const char *passphrases[CUSTODIANS_MAX]; /* files, in the order of the shares */
    size_t share_count, passphrase_count;
    uint8_t lost;
    const char *name;
    const char *out;
    bool unattended;
    AuditHead head;
    bool has_database, has_root;
} Wish;

static const struct argp_option options[] = {
    {.name = "key-file", .key = 'k', .arg = "PATH", .doc = "the key file"},
    {.name = "mirror", .key = 'm', .arg = "PATH", .doc = "every other copy of it (up to three)"},
    {.name = "share", .key = 'f', .arg = "FILE", .doc = "share file of one who is there; once for each"},
    {.name = "passphrase-file", .key = 'p', .arg = "FILE", .doc = "passphrase of the next share (default: asked)"},
    {.name = "lost", .key = OPTION_LOST, .arg = "N", .doc = "replace: number of the lost share, see list"},
    {.name = "name", .key = 'n', .arg = "NAME", .doc = "replace: who comes instead"},
    {.name = "out", .key = 'o', .arg = "DIR", .doc = "replace: private folder for the new share files"},
    {.name = "database", .key = OPTION_DATABASE, .arg = "ID", .doc = "accept-head: the database, see verify"},
    {.name = "size", .key = OPTION_SIZE, .arg = "N", .doc = "accept-head: its size"},
    {.name = "root", .key = OPTION_ROOT, .arg = "HEX", .doc = "accept-head: its root"},
    {.name = "unattended", .key = OPTION_UNATTENDED, .doc = "replace: make the new passphrases too, in files (demo and test only)"},
    {0},
};

static void add(const char **list, size_t *count, size_t room, const char *path, struct argp_state *state)
{
    if (*count == room)
        argp_error(state, "too many files");
    else
        list[(*count)++] = path;
}

static bool is_act(const Wish *wish, const char *act)
{
    return wish->act && strcmp(wish->act, act) == 0;
}

static void check_complete(const Wish *wish, struct argp_state *state)
{
    bool replaces = is_act(wish, "replace"), accepts = is_act(wish, "accept-head");

    if (!replaces && !accepts && !is_act(wish, "list"))
        argp_error(state, "say list, replace or accept-head");
    if (!wish->places.paths[0])
        argp_error(state, "--key-file is needed");
    if (replaces && (!wish->share_count || !wish->lost || !wish->name || !wish->out))
        argp_error(state, "replace needs --share, --lost, --name and --out");
    if (accepts && (!wish->share_count || !wish->has_database || wish->head.size == 0 || !wish->has_root))
        argp_error(state, "accept-head needs --share, --database, --size and --root, as verify tells them");
}

static void read_database(Wish *wish, const char *text, struct argp_state *state)
{
    if (!is_ok(id_from_text(str_from_c(text), &wish->head.tenant)))
        argp_error(state, "--database: 32 digits, as verify tells them");
    wish->head.database = wish->head.tenant;
    wish->has_database = true;
}

static void read_root(Wish *wish, const char *text, struct argp_state *state)
{
    bool good = strlen(text) == 2 * sizeof wish->head.root;

    for (size_t i = 0; good && i < sizeof wish->head.root; i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        good = high >= 0 && low >= 0;
        wish->head.root[i] = good ? (uint8_t)(high * 16 + low) : (uint8_t)0;
    }
    if (!good)
        argp_error(state, "--root: 64 digits, as verify tells them");
    wish->has_root = true;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    Wish *wish = state->input;
    switch (key) {
    case 'k':
        wish->places.paths[0] = text;
        return 0;
    case 'm':
        add(wish->places.paths, &wish->places.count, KEY_FILE_PLACES_MAX, text, state);
        return 0;
    case 'f':
        add(wish->shares, &wish->share_count, CUSTODIANS_MAX, text, state);
        return 0;
    case 'p':
        add(wish->passphrases, &wish->passphrase_count, CUSTODIANS_MAX, text, state);
        return 0;
    case OPTION_LOST:
        wish->lost = (uint8_t)option_number("--lost", text, 1, CUSTODIANS_MAX);
        return 0;
    case 'n':
        wish->name = text;
        return 0;
    case 'o':
        wish->out = text;
        return 0;
    case OPTION_UNATTENDED:
        wish->unattended = true;
        return 0;
    case OPTION_DATABASE:
        read_database(wish, text, state);
        return 0;
    case OPTION_SIZE:
        wish->head.size = (uint64_t)option_number("--size", text, 1, INT64_MAX);
        return 0;
    case OPTION_ROOT:
        read_root(wish, text, state);
        return 0;
    case ARGP_KEY_ARG:
        if (wish->act)
            argp_error(state, "one word only: list, replace or accept-head");
        wish->act = text;
        return 0;
    case ARGP_KEY_END:
        check_complete(wish, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_list(const KeyFile *file)
{
    printf("threshold %u\n", file->threshold);
    for (size_t i = 0; i < file->custodian_count; i++)
        printf("custodian %u %.*s\n", file->custodians[i].index, (int)file->custodians[i].name_length, file->custodians[i].name);
}

/* Several kilobytes each, and secret: not on the stack of a command. */
typedef struct Room {
    CustodianShares given[CUSTODIANS_MAX];
    Replaced replaced;
} Room;

static Err read_given(const Wish *wish, const Tools *tools, Passwords *passwords, Room *room)
{
    for (size_t i = 0; i < wish->share_count; i++)
        TRY(share_read(passwords, tools, wish->shares[i], i < wish->passphrase_count ? wish->passphrases[i] : NULL,
                       &room->given[i]));
    return ok();
}

/* In the agent's journal, which nobody else holds open: the lock says so. */
static Err note(const Wish *wish, const Tools *tools, const KeyFile *file, JournalRecord record)
{
    char path[PATH_MAX];
    Journal *journal = NULL;
    int64_t now = 0;
    int length = snprintf(path, sizeof path, "%s.journal", wish->places.paths[0]);

    if (length < 0 || (size_t)length >= sizeof path)
        return fail(E_TOO_LARGE);
    TRY(world_now(&tools->world, &now));
    TRY(journal_open(path, file->mode, now, &journal));
    Err noted = journal_add(journal, (JournalEvent)record.event, E_OK, record.subject, now);
    journal_close(journal);
    return noted;
}

static Err note_successor(const Wish *wish, const Tools *tools, const KeyFile *file)
{
    JournalRecord record = {.event = JOURNAL_REPLACED};

    for (size_t i = 0; i < file->custodian_count; i++)
        if (file->custodians[i].index == wish->lost)
            record.subject = file->custodians[i].id;
    return note(wish, tools, file, record);
}

/* The share files stand before the key file is overwritten: a cut in between leaves the former shares good. */
static Err replace(const Wish *wish, const Tools *tools, Arena *arena)
{
    AUTO(passwords_freep) Passwords *passwords = NULL;
    HandOut hand_out = {.tools = tools, .folder = wish->out, .unattended = wish->unattended};
    Room *room = NULL;

    TRY(ARENA_NEW(arena, Room, 1, &room));
    TRY(passwords_new(tools->crypto, &passwords));
    hand_out.passwords = passwords;
    TRY(folder_stands(wish->out));
    TRY(about("folder", wish->out, folder_create_private(wish->out)));
    TRY(read_given(wish, tools, passwords, room));
    const Replacement replacement = {.lost = wish->lost, .name = wish->name, .given = room->given,
                                     .given_count = wish->share_count};
    TRY(keys_replace(tools->crypto, &wish->places, &replacement, &room->replaced));
    if (wish->unattended && room->replaced.file.mode == MODE_PRODUCTION)
        return fail(E_MODE);
    hand_out.count = room->replaced.file.custodian_count;
    TRY(hand_out_ask(&hand_out, arena));
    TRY(hand_out_write(&hand_out, room->replaced.shares));
    TRY(note_successor(wish, tools, &room->replaced.file));
    Err written = key_file_write(tools->crypto, &room->replaced.keys, &wish->places, &room->replaced.file);
    if (!is_ok(written))
        fprintf(stderr, "Not every copy of the key file could be written. Keep the former shares and the new ones in %s until\n"
                        "the agent was unsealed.\n", wish->out);
    return written;
}

/* Noted before it is done: what stands in the journal may not have come about, and never the other way round. */
static Err accept_head(const Wish *wish, const Tools *tools, Arena *arena)
{
    AUTO(passwords_freep) Passwords *passwords = NULL;
    Acceptance acceptance = {.given_count = wish->share_count, .head = wish->head};
    AuditHead former = {0};
    KeyFile *file = NULL;
    Room *room = NULL;
    size_t spoilt = 0;

    TRY(ARENA_NEW(arena, Room, 1, &room));
    TRY(ARENA_NEW(arena, KeyFile, 1, &file));
    TRY(passwords_new(tools->crypto, &passwords));
    TRY(key_file_read(&wish->places, file, &spoilt));
    TRY(read_given(wish, tools, passwords, room));
    acceptance.given = room->given;
    TRY(world_now(&tools->world, &acceptance.head.at));
    TRY(note(wish, tools, file, (JournalRecord){.event = JOURNAL_HEAD_ACCEPTED, .subject = wish->head.tenant}));
    TRY(keys_accept_head(tools->crypto, &wish->places, &acceptance, &former));
    printf("The newest head was of %llu lines and is now of %llu. Start the key agent and unseal it.\n",
           (unsigned long long)former.size, (unsigned long long)wish->head.size);
    return ok();
}

static Err list(const Wish *wish, Arena *arena)
{
    KeyFile *file = NULL;
    size_t spoilt = 0;

    TRY(ARENA_NEW(arena, KeyFile, 1, &file));
    TRY(about("key file", wish->places.paths[0], key_file_read(&wish->places, file, &spoilt)));
    print_list(file);
    return ok();
}

static Err run(const Wish *wish, const Tools *tools)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(fd_closep) int lock = -1;

    TRY(arena_new(2 * sizeof(Room) + 2 * sizeof(KeyFile) + SCRATCH, &arena));
    if (is_act(wish, "list"))
        return list(wish, arena);
    Err locked = key_file_lock(&wish->places, &lock);
    if (locked.id == E_BUSY)
        return told(locked, "the key agent is running; stop it first (it starts sealed again)");
    TRY(about("key file", wish->places.paths[0], locked));
    if (is_act(wish, "accept-head"))
        return accept_head(wish, tools, arena);
    TRY(replace(wish, tools, arena));
    printf("New shares stand in %s. Hand them out and remove them from this machine; the former ones open nothing and are\n"
           "to be destroyed. Start the key agent and unseal it with the new ones.\n",
           wish->out);
    return ok();
}

Err command_custodian(int argc, char **argv)
{
    static const struct argp argp = {.options = options,
                                     .parser = parse,
                                     .args_doc = "list|replace|accept-head",
                                     .doc = "Lists the custodians, replaces a lost one by the shares of the others, or takes "
                                            "another head of a database for the newest after an incident."};
    Wish wish = {.places = {.count = 1}};
    AUTO(tools_close) Tools tools = {0};

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    TRY(sandbox_private_memory());
    TRY(tools_open(&tools));
    return run(&wish, &tools);
}
