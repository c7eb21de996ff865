/* The document of a consent, opened.
 * Must not hand it out before its line is durable.
 * Called by web. Rule: reading-and-writing 2. */
#include "service/reading/document.h"

#include "service/log/enter.h"
#include "service/log/rows.h"

#define HASH_TEXT (2 * HASH_BYTES)

static Err is_document(const Crypto *crypto, Str bytes, Str wanted, Arena *keep, bool *ret_same)
{
    Buf buf = buf_new(keep, HASH_TEXT);
    Str text = STR_NONE;
    Hash hash;

    TRY(crypto_sha256(crypto, &bytes, 1, hash.bytes));
    buf_add_hex(&buf, str_from_bytes(hash.bytes, HASH_BYTES));
    TRY(buf_done(&buf, &text));
    *ret_same = str_equal(text, wanted);
    return ok();
}

/* The paper of a consent, and whether it is the reader's own. */
static Err hash_of_consent(const LogReader *reader, const LogEntered *entered, Id consent, Str *ret_hash, bool *ret_own)
{
    LogConsent *consents = NULL;
    uint32_t count = 0;

    TRY(log_open_consents(entered, (LogPeople){0}, reader->keep, &consents, &count));
    for (uint32_t i = 0; i < count; i++)
        if (id_equal(consents[i].id, consent) && consents[i].has_document) {
            *ret_hash = values_at(&consents[i].values, CONSENT_DOCUMENT_HASH);
            *ret_own = log_owns_document(entered, reader->actor, consents, i);
            return ok();
        }
    return fail(E_NOT_FOUND);
}

/* A document stands once in a log, although several consents may be on it: it is found by its content. */
static Err find_document(const LogReader *reader, const LogEntered *entered, Str wanted, Str *ret_bytes, uint8_t *ret_media)
{
    Arena *keep = reader->keep;
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(reader->actor->store, &tx));
    for (uint32_t i = 0; i < entered->content.documents.count; i++) {
        size_t mark = arena_mark(keep);
        DocumentRow row = {0};
        bool same = false;
        Str bytes;
        TRY(store_document(tx, &entered->permit, entered->content.documents.items[i].id, keep, &row));
        TRY(log_unseal_document(&entered->keys, row.id, row.sealed, keep, &bytes));
        TRY(is_document(entered->keys.crypto, bytes, wanted, keep, &same));
        if (same) {
            *ret_bytes = bytes;
            *ret_media = row.media;
            return ok();
        }
        arena_rewind(keep, mark);
    }
    return fail(E_NOT_FOUND);
}

Err log_document_read(const LogReader *reader, Id log, Id consent, Str *ret_bytes, uint8_t *ret_media)
{
    /* Whose it is stands in the log: entered as for reading, and decided about then. */
    LogWish wish = {.log = log, .act = ACT_CONSENT_DOCUMENT_READ, .purpose = PURPOSE_READ, .by_reading = true};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Str hash = STR_NONE, bytes = STR_NONE;
    uint8_t media = 0;
    bool own = false;
    Why why;

    TRY(log_enter(reader, &wish, &why, &entered));
    Err found = hash_of_consent(reader, &entered, consent, &hash, &own);
    if (found.id != E_NOT_FOUND)
        TRY(found);
    wish.flags = own ? FLAG_OWN : 0;
    TRY(log_enter_as(reader, &wish, &entered, &why));
    TRY(found);
    TRY(find_document(reader, &entered, hash, &bytes, &media));
    TRY(log_read_line(reader->actor, &entered, reader->keep, 0));
    *ret_bytes = bytes;
    *ret_media = media;
    return ok();
}
