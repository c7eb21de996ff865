/* Asks custodians for passphrases, writes their share files and opens them again.
 * Must not show a passphrase, nor leave a part of the share files behind.
 * Called by init, unseal, custodian. */
#include "cli/keys/shares.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clean.h"
#include "cli/command/passphrase.h"
#include "keyd/share_file.h"
#include "sys/file.h"

#define SCRATCH ((size_t)64 << 10)

static Err path_of(const HandOut *hand_out, const char *kind, size_t custodian, char ret_path[static PATH_MAX])
{
    int length = snprintf(ret_path, PATH_MAX, "%s/%s-%zu", hand_out->folder, kind, custodian + 1);
    return length < 0 || length >= PATH_MAX ? fail(E_TOO_LARGE) : ok();
}

static Err generate(const Crypto *crypto, Arena *keep, Str *ret_passphrase)
{
    uint8_t random[20];
    Buf buf = buf_new(keep, 64);
    TRY(crypto_random(crypto, random, sizeof random));
    buf_add_base32(&buf, str_from_bytes(random, sizeof random));
    crypto_wipe(random, sizeof random);
    return buf_done(&buf, ret_passphrase);
}

/* Typed twice, until both are the same and long enough. */
static Err ask(size_t custodian, Arena *keep, Str *ret_passphrase)
{
    for (;;) {
        char prompt[128];
        Str first, again;
        snprintf(prompt, sizeof prompt, "Custodian %zu, choose a passphrase of at least %d characters: ", custodian + 1,
                 PASSWORD_MIN_CODE_POINTS);
        TRY(passphrase_ask(prompt, keep, &first));
        TRY(passphrase_ask("The same once more: ", keep, &again));
        bool fits = str_equal(first, again) && is_ok(text_nfc(first, keep, &first)) &&
                    utf8_length(first) >= PASSWORD_MIN_CODE_POINTS;
        if (fits) {
            *ret_passphrase = first;
            return ok();
        }
        fprintf(stderr, "They differ, or are too short. Please try again.\n");
    }
}

Err hand_out_ask(HandOut *hand_out, Arena *keep)
{
    for (size_t i = 0; i < hand_out->count; i++) {
        Str *passphrase = &hand_out->passphrases[i];
        TRY(hand_out->unattended ? generate(hand_out->tools->crypto, keep, passphrase) : ask(i, keep, passphrase));
    }
    return ok();
}

static Err write_share(const HandOut *hand_out, size_t custodian, const CustodianShares *shares)
{
    char path[PATH_MAX];
    uint8_t bytes[SHARE_FILE_BYTES];

    TRY(share_file_encode(hand_out->tools->crypto, hand_out->passwords, hand_out->passphrases[custodian], shares, bytes));
    TRY(path_of(hand_out, "share", custodian, path));
    TRY(file_write(path, str_from_bytes(bytes, sizeof bytes), 0600));
    if (!hand_out->unattended)
        return ok();
    TRY(path_of(hand_out, "passphrase", custodian, path));
    return file_write(path, hand_out->passphrases[custodian], 0600);
}

static Err none_is_there(const HandOut *hand_out)
{
    char path[PATH_MAX];
    for (size_t i = 0; i < hand_out->count; i++) {
        TRY(path_of(hand_out, "share", i, path));
        if (access(path, F_OK) == 0)
            return about("share file", path, fail(E_DUPLICATE));
    }
    return ok();
}

static void take_back(const HandOut *hand_out)
{
    char path[PATH_MAX];
    for (size_t i = 0; i < hand_out->count; i++) {
        if (is_ok(path_of(hand_out, "share", i, path)))
            unlink(path);
        if (hand_out->unattended && is_ok(path_of(hand_out, "passphrase", i, path)))
            unlink(path);
    }
}

Err hand_out_write(const HandOut *hand_out, const CustodianShares *shares)
{
    Err written = ok();

    TRY(none_is_there(hand_out));
    for (size_t i = 0; i < hand_out->count && is_ok(written); i++)
        written = write_share(hand_out, i, &shares[i]);
    if (!is_ok(written))
        take_back(hand_out);
    return written;
}

Err share_read(Passwords *passwords, const Tools *tools, const char *path, const char *passphrase_file,
               CustodianShares *ret_shares)
{
    AUTO(arena_freep) Arena *arena = NULL;
    char prompt[PATH_MAX + 32];
    Str bytes, passphrase;

    TRY(arena_new(SCRATCH, &arena));
    TRY(about("share file", path, file_read(path, SHARE_FILE_BYTES, arena, &bytes)));
    snprintf(prompt, sizeof prompt, "Passphrase of %s: ", path);
    if (passphrase_file)
        TRY(about("passphrase file", passphrase_file, passphrase_read(passphrase_file, arena, &passphrase)));
    else
        TRY(passphrase_ask(prompt, arena, &passphrase));
    return share_file_decode(tools->crypto, passwords, passphrase, bytes, ret_shares);
}
