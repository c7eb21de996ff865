/* Which account is meant by an e-mail or a national id: one answer for pages, files and commands.
 * Must not take an index's word: what it finds is opened and compared with what a registrar wrote down there.
 * Called by the other parts of people, and by the import. Rule: sign-in 1. */
#ifndef SERVICE_PEOPLE_FOUND_H
#define SERVICE_PEOPLE_FOUND_H

#include "service/service.h"

/* Who asks for whom. */
typedef struct PersonWanted {
    Service *service;
    const Actor *actor;
    IndexedBy by;     /* an e-mail as people_user_name gives it, or eleven digits */
    Purpose purpose;  /* PURPOSE_READ, or PURPOSE_IMPORT with its own ceilings */
    Arena *keep;
} PersonWanted;

/* The accounts whose sealed values say the same, and how many the index found before the work began. */
typedef struct PersonsFound {
    const PersonRow *items;
    const Str *names; /* what each is called */
    uint32_t count;
    ScopeIndex index;
    uint32_t indexed;
} PersonsFound;

/* Errors: those of keys; E_FORGED. */
MUST_USE Err persons_find(const PersonWanted *wanted, PersonsFound *ret_found);
/* The same under an index that is known already. */
MUST_USE Err persons_find_at(const PersonWanted *wanted, const ScopeIndex *index, PersonsFound *ret_found);
/* Whose an e-mail is that stands beside a name: nobody's yet (NULL), or that of the one who is called so as people read it.
 * Errors: E_DUPLICATE when it belongs to somebody of another name, of whom no more is said than that. */
MUST_USE Err persons_meant(const PersonsFound *found, Str name, Arena *scratch, const PersonRow **ret_person);
/* In the work: nobody came between, and this person (NULL: nobody) is as they were found. Errors: E_STALE. */
MUST_USE Err persons_still_found(Tx *tx, const PersonsFound *found, const PersonRow *person, Arena *scratch);
/* What a person is called, staff or family. */
Str person_called(const Values *values);

#endif
