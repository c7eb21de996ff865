/* Share files and their passphrases, in the custodians' own process.
 * Must not write a passphrase anywhere but for an unattended installation (demo and test).
 * Used by init, unseal, custodian. */
#ifndef CLI_KEYS_SHARES_H
#define CLI_KEYS_SHARES_H

#include "cli/command/command.h"
#include "keyd/make.h"

/* Where new share files go, and under which passphrases. */
typedef struct HandOut {
    const Tools *tools;
    Passwords *passwords;
    const char *folder; /* private; share-1 ... are made in it */
    bool unattended;    /* passphrases are made too, and stand beside the shares */
    uint8_t count;
    Str passphrases[CUSTODIANS_MAX];
} HandOut;

/* Asks each custodian for a new passphrase, twice, or makes them. keep holds them: wipe it. Errors: as passphrase_ask. */
MUST_USE Err hand_out_ask(HandOut *hand_out, Arena *keep);
/* Writes count share files; on failure none of them stays. Errors: E_DUPLICATE when one is there, E_BUSY, E_CRYPTO, E_IO. */
MUST_USE Err hand_out_write(const HandOut *hand_out, const CustodianShares *shares);

/* Opens a share file. passphrase_file NULL: asks at the terminal. Errors: those of share_file_decode, passphrase_ask. */
MUST_USE Err share_read(Passwords *passwords, const Tools *tools, const char *path, const char *passphrase_file,
                        CustodianShares *ret_shares);

#endif
