/* Tokens of forms: proof that a form comes from our own page and this session, and the key that finds its repetition.
 * Must look different in every answer (BREACH), and must not be stored in the clear.
 * Called by web. Rules: web 3, 5, reading-and-writing 11. */
#ifndef SERVICE_SESSION_FORM_TOKEN_H
#define SERVICE_SESSION_FORM_TOKEN_H

#include "service/service.h"

#define FORM_SECRET_BYTES 32

/* A fresh token as base64url text in keep. secret: of the session, or of this process before sign-in. */
MUST_USE Err form_token_new(Service *service, const uint8_t secret[static FORM_SECRET_BYTES], Arena *keep, Str *ret_token);

/* Whether token was made with this secret. *ret_hash is what it is remembered by when its form is carried out.
 * Errors: E_BAD_ORIGIN for any other text. */
MUST_USE Err form_token_check(Service *service, const uint8_t secret[static FORM_SECRET_BYTES], Str token, Arena *scratch,
                              Hash *ret_hash);

/* Remembers where the first answer of a carried-out form led (a local address), for its repetition within 24 h: of an act whose
 * answer was not known before it (actor->answer), as a work of its own. */
MUST_USE Err form_answered(const Actor *actor, Str location, uint16_t status);

/* Where a form was sent, and each part of it, in their order. */
typedef struct FormParts {
    const Str *items;
    size_t count;
} FormParts;
/* What it holds, as a digest that nobody can make who has not got its token, which is stored nowhere. token: one that
 * form_token_check took. */
MUST_USE Err form_content(Service *service, Str token, FormParts parts, Arena *scratch, Hash *ret_content);

/* The first answer of a form that was sent before by this session. Errors: E_NOT_FOUND; E_REUSED when it held something else then,
 * or went elsewhere: what it holds now was not carried out. */
MUST_USE Err form_first_answer(const Actor *actor, Arena *keep, FormAnswer *ret_answer);

#endif
