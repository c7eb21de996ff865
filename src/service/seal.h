/* Seals and opens rows under the key of a scope: of a person, of the register. Units, which every room names, whole.
 * Must not read or write the database but for the register's scope row, nor keep a key.
 * Called by all rooms of service. Rules: keys 3, 4. */
#ifndef SERVICE_SEAL_H
#define SERVICE_SEAL_H

#include "domain/policy/matrix.h"
#include "service/service.h"

/* The register's scope (units), and the person whom sign-in opens when a user name is unknown. One of each in every
 * municipality; random ids never take these values. */
Id people_register_scope(void);
Id people_decoy(void);
/* A scope that was opened, in one municipality. */
typedef struct OpenScope {
    Service *service;
    Id tenant;
    const Key *key;
} OpenScope;
/* A row as it will be stored: what is sealed for one version opens in no other. */
typedef struct RowVersion {
    Id row;
    uint32_t version;
} RowVersion;

/* A unit's values (KIND_ORGANISATION) under the register's scope key. */
MUST_USE Err unit_seal(const OpenScope *scope, RowVersion unit, const Values *values, Arena *keep, Str *ret_sealed);
MUST_USE Err unit_open(const OpenScope *scope, const UnitRow *row, Arena *keep, Values *ret_values);
/* The register's scope key, under the actor's grant. */
MUST_USE Err register_key(Service *service, const Actor *actor, Arena *keep, Key *ret_key);
/* The row of a scope key as it is stored. wrapped must live as long as the row. */
ScopeKeyRow scope_row(ScopeKind kind, Id scope, const WrappedKey *wrapped, uint32_t version);

/* One place of one row in this municipality. */
typedef struct ScopedPlace {
    SealTable table;
    SealColumn column;
    KeyLabel label;
    Id row;
    Id scope;
    uint32_t version;
} ScopedPlace;

/* Seals a text for its place, under the scope's key. Errors: those of crypto_seal. */
MUST_USE Err scoped_seal(const OpenScope *scope, ScopedPlace place, Str plain, Arena *keep, Str *ret_sealed);
/* Opens it again. Errors: E_FORGED. */
MUST_USE Err scoped_open(const OpenScope *scope, ScopedPlace place, Str sealed, Arena *keep, Str *ret_plain);
/* The canonical encoding of values. Errors: E_TOO_LARGE, E_NO_MEMORY. */
MUST_USE Err scoped_encode(const Values *values, Arena *keep, Str *ret_plain);
/* A value of a wrong form is no better than one with a wrong tag: E_FORGED. Other errors stay. */
Err scoped_forged_unless_ours(Err err);

/* Where the scopes are found that a text finds, and those that are found as this one is. */
ScopeIndex scope_index_of(const BlindIndex *index);
ScopeIndex scope_index_beside(const WrappedKey *wrapped);

#endif
