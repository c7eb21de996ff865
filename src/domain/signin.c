/* Numbers and a blocklist; nothing here is secret or remembered.
 * Must not compare a password with one that is in use: crypto/password does.
 * Called by service/session. */
#include "domain/signin.h"

#include <string.h>

#include "base/clean.h"

#define FOLDED_MAX 512

/* Folded (small letters, letters and digits only) passphrases that people choose when 15 characters are asked. */
static const char *const common[] = {
    "passordpassord",   "passwordpassword", "mittpassorderlangt", "detteermittpassord", "thisismypassword",
    "correcthorsebatterystaple", "hestbatteristift", "velkommentiljobb", "velkommenvelkommen",
    "hemmeligpassord",  "etlangtpassord",   "letmeinletmein",     "iloveyouiloveyou",   "jegelskerdeg",
    "sommersommer",     "vintervinter",     "administrator",      "kommunekommune",     "qwertyuiopasdfghjkl",
    "qwertyuiopå",      "qwertyuiop",       "asdfghjkl",          "zxcvbnm",            "1q2w3e4r5t6y7u8i",
    "abcdefghijklmno",  "12345678901234",   "01234567890123",     "98765432109876",     "jaerelskerdettelandet",
    "javiielskerdettelandet", "changemechangeme", "byttmegbyttmeg", "norgenorgenorge",  "stafettlogg",
    "stafettholder",    "barnehagebarnehage", "skoleskoleskole",  "passord", "password",
};

/* Small ASCII letters, digits and all bytes beyond ASCII; the rest is left out. */
static size_t fold(Str text, char ret_folded[static FOLDED_MAX])
{
    size_t length = 0;

    for (size_t i = 0; i < text.length && length < FOLDED_MAX; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool capital = c >= 'A' && c <= 'Z';
        bool kept = capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
        if (kept)
            ret_folded[length++] = (char)(capital ? c + 0x20 : c);
    }
    return length;
}

/* Removes every occurrence of piece; returns the new length. */
static size_t strike(char *text, size_t length, Str piece)
{
    size_t kept = 0;
    size_t at = 0;

    while (at < length) {
        if (piece.length <= length - at && memcmp(text + at, piece.data, piece.length) == 0) {
            at += piece.length;
            continue;
        }
        text[kept++] = text[at++];
    }
    return kept;
}

/* The text is a piece of at most 6 bytes over and over: "abcabcabc...". */
static bool is_repetition(const char *text, size_t length)
{
    for (size_t period = 1; period <= 6 && period < length; period++)
        if (memcmp(text, text + period, length - period) == 0)
            return true;
    return false;
}

/* What is left when everything that is easy to guess is struck out. */
static size_t strength(Str password, Str user_name)
{
    char text[FOLDED_MAX];
    char name[FOLDED_MAX];
    size_t length = fold(password, text);
    size_t name_length = fold(str_slice(user_name, 0, str_find(user_name, '@', 0)), name);

    if (is_repetition(text, length))
        length = 0;
    for (size_t i = 0; i < COUNT_OF(common); i++)
        length = strike(text, length, str_from_c(common[i]));
    if (name_length >= 3)
        length = strike(text, length, str_from_bytes(name, name_length));
    explicit_bzero(text, sizeof text);
    return length;
}

bool signin_password_good(Str password, Str user_name)
{
    if (!utf8_valid(password))
        return false;
    size_t code_points = utf8_length(password);
    if (code_points < 15 || code_points > PASSWORD_MAX_CODE_POINTS)
        return false;
    return strength(password, user_name) >= 8;
}

int64_t signin_wait(uint32_t failures)
{
    if (failures <= BACKOFF_FREE_FAILURES)
        return 0;
    uint32_t doublings = failures - BACKOFF_FREE_FAILURES - 1;
    if (doublings > 16)
        return BACKOFF_MAX_MS;
    int64_t wait = (int64_t)1000 << doublings;
    return wait < BACKOFF_MAX_MS ? wait : BACKOFF_MAX_MS;
}

int64_t signin_address_wait(uint32_t failures)
{
    int64_t wait = failures <= ADDRESS_FREE_FAILURES ? 0 : signin_wait(failures - ADDRESS_FREE_FAILURES + BACKOFF_FREE_FAILURES);

    return wait < ADDRESS_MAX_MS ? wait : ADDRESS_MAX_MS;
}

#define IPV6_PARTS 8
#define IPV6_HALF 4

/* The parts on one side of "::", at most `most` of them. */
static size_t split_parts(Str text, size_t most, Str *ret_parts)
{
    size_t count = 0;

    while (text.length > 0 && count < most)
        text = str_cut(text, ':', &ret_parts[count++]);
    return count;
}

/* "2001:db8::9": the left parts, as many zeros as there is room for, the right ones. */
static bool whole_ipv6(Str address, Str ret_parts[static IPV6_PARTS])
{
    Str right[IPV6_PARTS];
    size_t gap = 0;

    while (gap + 1 < address.length && (address.data[gap] != ':' || address.data[gap + 1] != ':'))
        gap++;
    bool has_gap = gap + 1 < address.length;
    size_t left_count = split_parts(has_gap ? str_slice(address, 0, gap) : address, IPV6_PARTS, ret_parts);
    size_t right_count = has_gap ? split_parts(str_slice(address, gap + 2, address.length), IPV6_PARTS, right) : 0;
    if (left_count + right_count > IPV6_PARTS || (!has_gap && left_count < IPV6_PARTS))
        return false;
    for (size_t i = left_count; i < IPV6_PARTS - right_count; i++)
        ret_parts[i] = STR("0");
    for (size_t i = 0; i < right_count; i++)
        ret_parts[IPV6_PARTS - right_count + i] = right[i];
    return true;
}

static size_t put_text(char *room, size_t at, Str text)
{
    for (size_t i = 0; i < text.length && at + 1 < SIGNIN_GROUP_TEXT; i++)
        room[at++] = text.data[i];
    room[at] = '\0';
    return at;
}

void signin_address_group(Str address, char ret_text[static SIGNIN_GROUP_TEXT])
{
    Str parts[IPV6_PARTS];
    size_t at = 0;

    bool is_ipv6 = str_find(address, ':', 0) < address.length && str_find(address, '.', 0) == address.length;
    if (!is_ipv6 || !whole_ipv6(address, parts)) {
        (void)put_text(ret_text, 0, address);
        return;
    }
    for (size_t i = 0; i < IPV6_HALF; i++) {
        at = put_text(ret_text, at, i > 0 ? STR(":") : STR_NONE);
        at = put_text(ret_text, at, parts[i]);
    }
}

bool signin_session_alive(SessionTimes times, Role role, int64_t now)
{
    int64_t idle = role_is_family(role) ? SESSION_IDLE_FAMILY_MS : SESSION_IDLE_STAFF_MS;

    if (now < times.created_at || now < times.touched_at || times.touched_at < times.created_at)
        return false;
    return now - times.touched_at < idle && now - times.created_at < SESSION_WHOLE_MS && now < times.ends_at;
}

bool signin_session_touch_due(SessionTimes times, int64_t now)
{
    return now - times.touched_at >= SESSION_TOUCH_MS;
}

/* ---- step-up ---- */

/* Whoever hands out an enrolment code hands out an account. A guardian who joins (also ACT_GUARDIAN_ADD) is not asked about:
 * the family is in the room, and the page that asks could not hold the document that comes with the form. */
static const bool proved_acts[ACT_COUNT] = {
    [ACT_STAFF_APPOINT] = true,     [ACT_STAFF_APPOINT_MANAGER] = true, [ACT_UNIT_CLOSE] = true, [ACT_OPERATOR_AUTHORISE] = true,
    [ACT_SUPPORT_GRANT] = true,     [ACT_DELETION_ORDER] = true,        [ACT_DELETION_APPROVE] = true,
    [ACT_GUARDIAN_ADD] = true,      [ACT_CHILD_LET_IN] = true,
    [ACT_EXPORT_OWN] = true,        [ACT_EXPORT_REQUEST] = true,        [ACT_EXPORT_APPROVE] = true,
    [ACT_PRINT] = true,             [ACT_ARCHIVE_REPORT_READ] = true,
};

bool signin_must_prove(Act act, int64_t proved_at, int64_t now)
{
    bool fresh = proved_at <= now && now - proved_at < SIGNIN_PROOF_MS;

    return (unsigned)act < ACT_COUNT && proved_acts[act] && !fresh;
}

Err signin_name(Str typed, Arena *keep, Str *ret_name)
{
    Str name = STR_NONE, bare = STR_NONE;
    bool digits = true;

    TRY(text_fold(typed, keep, &name));
    TRY(text_bare(name, keep, &bare));
    for (size_t i = 0; i < bare.length; i++)
        digits = digits && bare.data[i] >= '0' && bare.data[i] <= '9';
    for (size_t i = 0; i < name.length; i++)
        if (name.data[i] == ' ')
            return fail(E_INVALID);
    if (digits)
        return fail(E_INVALID);
    *ret_name = name;
    return ok();
}
