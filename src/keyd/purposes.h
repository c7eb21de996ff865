/* What a purpose opens, for which roles, and what it counts as (rules: keys 11).
 * Must not say yes to a purpose that no code uses: it would be a way in that nobody watches.
 * Used by keyd. */
#ifndef KEYD_PURPOSES_H
#define KEYD_PURPOSES_H

#include "base/mode.h"
#include "keyd/ceilings.h"
#include "wire/wire.h"

/* What opening a scope of this kind for this purpose counts as; SPEND_NONE for the register.
 * Errors: E_RANGE (a purpose that is not built, or not for this kind or role). */
MUST_USE Err purpose_opens(Purpose purpose, ScopeKind kind, uint8_t role, Spend *ret_spend);
/* Whether this role makes scopes of this kind, or gives them another index. Logs without a person's role are made of
 * invented children only, and so not in production. Errors: E_RANGE. */
MUST_USE Err purpose_makes(ScopeKind kind, uint8_t role, Mode mode);
/* What looking somebody up by an index of this kind for this purpose counts as. Errors: E_RANGE (not for this role). */
MUST_USE Err purpose_looks_up(Purpose purpose, IndexKind kind, uint8_t role, Spend *ret_spend);

/* Sealed facts are opened for nobody's grant alone. Errors: E_RANGE. */
MUST_USE Err purpose_opens_facts(uint8_t role);
/* A parcel from another municipality, for this role. Errors: E_RANGE. */
MUST_USE Err purpose_opens_parcel(uint8_t role);

/* Serve's own: not for a person's grant, not even before they have chosen a role. */
bool purpose_is_nobodys(Purpose purpose);

/* Guardian or child: their sessions may be idle longer. */
bool role_of_family(uint8_t role);

#endif
