/* What the tests of a log's rows and of its content begin with: an entry, and people with their consents.
 * Must be included by those two only.
 * WORK(name) is one transaction (conform.h). */
#ifndef TESTS_CONFORM_LOG_WORKS_H
#define TESTS_CONFORM_LOG_WORKS_H

#include "conform/conform.h"

#include "store/content.h"
#include "store/entries.h"
#include "store/logs.h"

WORK(add_entry)
{
    CONTEXT;
    const AuditLine line = line_of(w->log.id);
    TRY(store_entry_append(tx, &w->entry, &w->no));
    return store_audit(tx, &line);
}

WORK(add_people)
{
    CONTEXT;
    const ParticipantRow participant = {.id = w->other, .log_no = w->log.no, .person = w->id, .role = 4, .from_at = NOW,
                                        .to_at = NOW + 100, .sealed = STR("sealed"), .version = 1};
    const ConsentRow consent = {.id = w->third, .log_no = w->log.no, .participant = w->other, .method = 1, .given_at = NOW,
                                .valid_to = NOW + 1000, .sealed = STR("consent"), .version = 1};
    const ConsentUnitRow units[] = {{.id = new_id(), .unit = new_id()}, {.id = new_id(), .unit = new_id()}};
    const DocumentRow document = {.id = new_id(), .log_no = w->log.no, .media = 1, .sealed = w->text};
    const AuditLine line = line_of(w->log.id);
    TRY(store_participant_insert(tx, &participant));
    TRY(store_consent_insert(tx, &consent, units, 2));
    TRY(store_document_insert(tx, &document));
    TRY(store_log_digest(tx, w->log.no, &w->hash, &w->number));
    TRY(store_log_head_put(tx, w->log.no, &w->hash));
    return store_audit(tx, &line);
}

#endif
