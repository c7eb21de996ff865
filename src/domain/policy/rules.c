/* Each act: which roles, in which states, with which need in the matrix and which flags. What has no row is refused.
 * Must hold no code.
 * Called by policy.c and policy_print.c. */
#include "domain/policy/rules.h"

#include "domain/policy/matrix.h"
#include "domain/policy/policy.h"

#define R(role) (1u << ROLE_##role)
#define KA R(MUNICIPALITY_ADMIN)
#define EL R(ORG_MANAGER)
#define SH R(RELAY_HOLDER)
#define AK R(ACTOR)
#define FO R(GUARDIAN)
#define BA R(CHILD)
#define DL R(OPERATION_MANAGER)
#define OPS (R(PRODUCT_OWNER) | R(SYSTEM_OWNER) | R(ARCHITECT))
#define SUP R(SUPPORT)
#define SEC R(SECURITY_OFFICER)
#define AUD R(AUDITOR)
#define FAMILY (FO | BA)
#define TEAM (SH | AK | FAMILY)
#define CONTROL (KA | SEC | AUD)
#define STAFF (KA | EL | SH | AK | SEC | AUD)
#define EVERYBODY (STAFF | FAMILY | OPS | DL | SUP | R(HOSTING_OPERATOR) | R(CUSTODIAN))

#define NO_LOG (1u << STATE_NONE)
#define ACTIVE (1u << STATE_ACTIVE)
#define PASSIVE (1u << STATE_PASSIVE)
#define ORDERED (1u << STATE_DELETION_ORDERED)
#define GONE (1u << STATE_DELETED)
#define LIVING (ACTIVE | PASSIVE)
#define EVERY_LOG (LIVING | ORDERED | GONE)

#define REL(relation) (1u << RELATION_##relation)
#define ANYONE RULE_ANYONE
#define BECAUSE(opening) ((uint16_t)(1u << OPENING_##opening))
#define F(flag) ((Flags)FLAG_##flag)

const Rule rules[] = {
    {.act = ACT_LOG_LIST, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_LOG_LIST, .roles = EL, .states = NO_LOG, .relations = REL(UNIT)},
    {.act = ACT_LOG_LIST, .roles = TEAM, .states = NO_LOG, .relations = REL(PARTICIPANT)},
    {.act = ACT_LOG_LIST, .roles = OPS | DL, .states = NO_LOG, .relations = REL(AUTHORISED)},
    {.act = ACT_SEARCH, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_SEARCH, .roles = EL, .states = NO_LOG, .relations = REL(UNIT)},
    {.act = ACT_SEARCH, .roles = TEAM, .states = NO_LOG, .relations = REL(PARTICIPANT)},
    {.act = ACT_HEADER_READ, .roles = KA | EL | TEAM | OPS | DL | SUP, .states = EVERY_LOG, .need = CELL_READ},
    {.act = ACT_LOG_READ, .roles = KA | EL | TEAM | OPS | DL | SUP, .states = EVERY_LOG, .need = CELL_READ},
    {.act = ACT_HISTORY_READ, .roles = KA | EL | TEAM | OPS | DL | SUP, .states = EVERY_LOG, .need = CELL_READ},
    {.act = ACT_STUB_READ, .roles = SH | FAMILY, .states = EVERY_LOG, .need = CELL_STUB},
    {.act = ACT_DECISION_READ, .roles = KA | EL, .states = ORDERED, .need = CELL_DECISION},
    /* Need to know: no operator sees an address or a full number. */
    {.act = ACT_ADDRESS_READ, .roles = KA | EL | SH | BA, .states = EVERY_LOG, .need = CELL_READ},
    {.act = ACT_ADDRESS_READ, .roles = AK | FO, .states = EVERY_LOG, .need = CELL_READ, .clear = F(ADDRESS_PROTECTED)},
    {.act = ACT_NUMBER_READ_FULL, .roles = KA | EL, .states = EVERY_LOG, .need = CELL_READ, .ask = true},
    {.act = ACT_NUMBER_READ_FULL, .roles = SH, .states = EVERY_LOG, .need = CELL_READ},
    {.act = ACT_CONSENT_READ, .roles = KA | EL | TEAM, .states = EVERY_LOG, .need = CELL_READ},
    /* It may hold an address and a handwriting: its giver's and the staff's, nobody else's. */
    {.act = ACT_CONSENT_DOCUMENT_READ, .roles = KA | EL | SH, .states = EVERY_LOG, .need = CELL_READ},
    {.act = ACT_CONSENT_DOCUMENT_READ, .roles = FAMILY, .states = EVERY_LOG, .need = CELL_READ, .set = F(OWN)},
    /* An administrator always sees who has been there; who of the family it was only with a reason. */
    {.act = ACT_ACCESS_LIST_READ, .roles = KA, .states = EVERY_LOG, .even_held = true},
    {.act = ACT_ACCESS_LIST_READ, .roles = EL | TEAM, .states = EVERY_LOG, .need = CELL_READ},
    {.act = ACT_ACCESS_NAMES_READ, .roles = KA, .states = EVERY_LOG, .need = CELL_READ, .ask = true},
    {.act = ACT_ACCESS_NAMES_READ, .roles = EL | TEAM, .states = EVERY_LOG, .need = CELL_READ},
    {.act = ACT_ARCHIVE_REPORT_READ, .roles = KA, .states = PASSIVE | ORDERED | GONE, .need = CELL_READ | CELL_DECISION | CELL_REPORT,
     .ask = true},
    {.act = ACT_ARCHIVE_REPORT_READ, .roles = EL, .states = PASSIVE, .need = CELL_READ, .ask = true},
    {.act = ACT_ARCHIVE_REPORT_READ, .roles = KA | EL, .states = ACTIVE, .need = CELL_READ, .set = F(TRANSFER_PENDING), .ask = true},
    {.act = ACT_ARCHIVE_REPORTS_LIST, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_CERTIFICATE_READ, .roles = KA | AUD, .states = GONE},

    {.act = ACT_ATTENTION_WRITE, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    {.act = ACT_GOAL_WRITE, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    {.act = ACT_MEASURE_WRITE, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    {.act = ACT_EVALUATION_WRITE, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    {.act = ACT_OWN_EVALUATION_WRITE, .roles = SH | AK, .states = EVERY_LOG, .need = CELL_EVALUATE_OWN, .set = F(OWN)},
    {.act = ACT_MEETING_WRITE, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    {.act = ACT_NOTE_WRITE, .roles = SH | AK | BA, .states = EVERY_LOG, .need = CELL_NOTE},
    {.act = ACT_NOTE_WRITE, .roles = FO, .states = EVERY_LOG, .need = CELL_NOTE, .set = F(GUARDIANS_WRITE)},
    {.act = ACT_LEVEL_WRITE, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    {.act = ACT_RESOURCE_WRITE, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    {.act = ACT_MEASURE_PROGRESS, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    {.act = ACT_MINUTES_WRITE, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    /* The operation manager repairs what an incident has spoilt, and writes nothing of their own. */
    {.act = ACT_CHILD_WRITE, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    {.act = ACT_CHILD_WRITE, .roles = DL, .states = EVERY_LOG, .need = CELL_CORRECT, .openings = BECAUSE(INCIDENT)},
    {.act = ACT_ENTRY_CORRECT, .roles = SH, .states = EVERY_LOG, .need = CELL_CORRECT},
    {.act = ACT_ENTRY_CORRECT, .roles = DL, .states = EVERY_LOG, .need = CELL_CORRECT, .openings = BECAUSE(INCIDENT)},
    {.act = ACT_ENTRY_CORRECT, .roles = AK | BA, .states = EVERY_LOG, .need = CELL_NOTE, .set = F(OWN)},
    {.act = ACT_ENTRY_CORRECT, .roles = FO, .states = EVERY_LOG, .need = CELL_NOTE, .set = F(OWN) | F(GUARDIANS_WRITE)},
    /* The words of a note are its author's. */
    {.act = ACT_NOTE_CORRECT, .roles = SH | AK | BA, .states = EVERY_LOG, .need = CELL_NOTE, .set = F(OWN)},
    {.act = ACT_NOTE_CORRECT, .roles = FO, .states = EVERY_LOG, .need = CELL_NOTE, .set = F(OWN) | F(GUARDIANS_WRITE)},
    {.act = ACT_ENTRY_REMOVE, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE, .clear = F(LEGAL_HOLD)},
    {.act = ACT_ENTRY_REMOVE, .roles = AK | BA, .states = EVERY_LOG, .need = CELL_NOTE, .set = F(OWN), .clear = F(LEGAL_HOLD)},
    {.act = ACT_ENTRY_REMOVE, .roles = FO, .states = EVERY_LOG, .need = CELL_NOTE, .set = F(OWN) | F(GUARDIANS_WRITE),
     .clear = F(LEGAL_HOLD)},
    /* What the family has written is removed by itself, else by decision. */
    {.act = ACT_FAMILY_NOTE_REMOVE, .roles = KA, .states = LIVING, .need = CELL_READ, .ask = true,
     .clear = F(RESTRICTED) | F(FROZEN_SEGMENT) | F(LEGAL_HOLD)},
    {.act = ACT_DRAFT, .roles = SH | AK | BA, .states = EVERY_LOG, .need = CELL_NOTE},
    {.act = ACT_DRAFT, .roles = FO, .states = EVERY_LOG, .need = CELL_NOTE, .set = F(GUARDIANS_WRITE)},

    {.act = ACT_LOG_CREATE, .roles = SH, .states = NO_LOG, .relations = REL(UNIT), .set = F(IN_CONSENT), .clear = F(CONSENT_INVALID)},
    /* The family is asked before there is a log, by whoever may make it, and another guardian by whoever may let them in. Whoever has
     * the code may take it; to say no is always taken, as a withdrawal is. */
    {.act = ACT_INVITATION_MAKE, .roles = SH | EL, .states = NO_LOG, .relations = REL(UNIT)},
    {.act = ACT_INVITATION_END, .roles = SH | EL, .states = NO_LOG, .relations = REL(UNIT), .even_stopped = true},
    {.act = ACT_INVITATION_TAKE, .roles = EVERYBODY, .states = NO_LOG, .relations = ANYONE},
    {.act = ACT_INVITATION_ANSWER, .roles = FO, .states = NO_LOG, .relations = ANYONE},
    {.act = ACT_INVITATION_DENY, .roles = FO, .states = NO_LOG, .relations = ANYONE, .even_stopped = true},
    {.act = ACT_PARTICIPANT_ADD, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE, .set = F(IN_CONSENT)},
    {.act = ACT_PARTICIPANT_END, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    {.act = ACT_PARTICIPANT_END, .roles = EL, .states = LIVING, .need = CELL_READ},
    {.act = ACT_GUARDIAN_ADD, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    /* Where a consent is missing, so that the log may go on. */
    {.act = ACT_GUARDIAN_ADD, .roles = EL, .states = PASSIVE, .need = CELL_READ},
    {.act = ACT_GUARDIAN_END, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    {.act = ACT_GUARDIAN_END, .roles = EL, .states = LIVING, .need = CELL_READ},
    {.act = ACT_CHILD_LET_IN, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    {.act = ACT_CHILD_KEEP_OUT, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    /* To a unit that the consents do not name it is a transfer (rules: rest 6). */
    {.act = ACT_BATON_OFFER, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE, .set = F(IN_CONSENT)},
    {.act = ACT_BATON_OFFER, .roles = EL, .states = ACTIVE, .need = CELL_READ, .set = F(IN_CONSENT)},
    {.act = ACT_BATON_ACCEPT, .roles = SH, .states = ACTIVE, .relations = REL(OFFERED), .set = F(IN_CONSENT),
     .clear = F(CONSENT_INVALID) | F(RESTRICTED) | F(OF_AGE)},
    {.act = ACT_BATON_ACCEPT, .roles = SH, .states = ACTIVE, .relations = REL(OFFERED),
     .set = F(IN_CONSENT) | F(OF_AGE) | F(OWN_CONSENT), .clear = F(CONSENT_INVALID) | F(RESTRICTED)},
    {.act = ACT_BATON_DECLINE, .roles = SH, .states = LIVING, .relations = REL(OFFERED)},
    {.act = ACT_BATON_WITHDRAW, .roles = SH, .states = EVERY_LOG, .need = CELL_WRITE},
    {.act = ACT_BATON_WITHDRAW, .roles = EL, .states = LIVING, .need = CELL_READ},
    /* While nobody holds it; the administrator only where its unit has no manager (service/acts/baton/appoint.c). */
    {.act = ACT_HOLDER_APPOINT, .roles = KA | EL, .states = ACTIVE, .need = CELL_READ},

    {.act = ACT_CONSENT_RECORD, .roles = SH, .states = ACTIVE, .need = CELL_WRITE | CELL_CONSENT},
    {.act = ACT_CONSENT_RECORD, .roles = EL, .states = PASSIVE, .need = CELL_READ},
    /* Whoever has left need not consent any more: it is settled by those who record consents. */
    {.act = ACT_CONSENTERS_RECORD, .roles = SH, .states = ACTIVE, .need = CELL_WRITE | CELL_CONSENT},
    {.act = ACT_CONSENTERS_RECORD, .roles = EL, .states = PASSIVE, .need = CELL_READ},
    {.act = ACT_CONSENT_GIVE, .roles = FO, .states = LIVING, .need = CELL_READ | CELL_CONSENT | CELL_STUB},
    {.act = ACT_CONSENT_GIVE, .roles = BA, .states = LIVING, .set = F(CONSENT_NEAR)},
    /* A withdrawal is always taken, from a page that shows nothing of the log (rules: consent 12). */
    {.act = ACT_CONSENT_WITHDRAW, .roles = FO, .states = LIVING | ORDERED, .clear = F(OF_AGE), .even_stopped = true, .even_held = true},
    {.act = ACT_CONSENT_WITHDRAW, .roles = BA, .states = LIVING | ORDERED, .set = F(CONSENT_NEAR), .even_stopped = true,
     .even_held = true},
    {.act = ACT_WITHDRAWAL_RECORD, .roles = SH, .states = ACTIVE, .even_stopped = true, .even_held = true},
    {.act = ACT_WITHDRAWAL_RECORD, .roles = EL, .states = LIVING | ORDERED, .even_stopped = true, .even_held = true},

    {.act = ACT_LOG_CLOSE, .roles = SH, .states = ACTIVE, .need = CELL_WRITE},
    {.act = ACT_LOG_CLOSE, .roles = EL, .states = ACTIVE, .need = CELL_READ},
    {.act = ACT_ACTIVITY_CONFIRM, .roles = SH, .states = ACTIVE, .need = CELL_WRITE},
    {.act = ACT_ACTIVITY_CONFIRM, .roles = EL, .states = ACTIVE, .need = CELL_READ},
    {.act = ACT_LOG_REOPEN, .roles = EL, .states = PASSIVE, .need = CELL_READ,
     .clear = F(CONSENT_INVALID) | F(RESTRICTED) | F(FROZEN_SEGMENT) | F(CLAIM_OPEN) | F(OF_AGE)},
    /* After 18 only on the adult's own consent, where the highest age allows it. */
    {.act = ACT_LOG_REOPEN, .roles = EL, .states = PASSIVE, .need = CELL_READ, .set = F(OF_AGE) | F(OWN_CONSENT),
     .clear = F(CONSENT_INVALID) | F(RESTRICTED) | F(FROZEN_SEGMENT) | F(CLAIM_OPEN)},
    {.act = ACT_MOVED_RECORD, .roles = SH, .states = ACTIVE, .need = CELL_WRITE},
    {.act = ACT_MOVED_RECORD, .roles = EL, .states = LIVING, .need = CELL_READ},
    {.act = ACT_MISTAKE_MARK, .roles = EL, .states = LIVING, .need = CELL_READ},
    {.act = ACT_DEATH_RECORD, .roles = SH, .states = ACTIVE, .need = CELL_WRITE},
    {.act = ACT_DEATH_RECORD, .roles = EL, .states = LIVING, .need = CELL_READ},
    {.act = ACT_PASSIVE_PROLONG, .roles = KA, .states = PASSIVE, .need = CELL_READ},
    /* The holder gives reasons and closes the log, and so loses sight of it. */
    {.act = ACT_DELETION_ASK, .roles = SH, .states = ACTIVE, .need = CELL_WRITE},
    {.act = ACT_CLAIM_FILE, .roles = FO, .states = LIVING, .need = CELL_READ | CELL_STUB},
    /* Old enough to consent, which an adult is too. */
    {.act = ACT_CLAIM_FILE, .roles = BA, .states = LIVING, .need = CELL_READ | CELL_STUB, .set = F(CONSENT_AGE)},
    /* Whoever may ask for the deletion may say what is wrong; it is answered by those who may correct it, or read it still. */
    /* From the stub; whoever reads the log has it. */
    {.act = ACT_ACCESS_ASK, .roles = FAMILY, .states = LIVING, .need = CELL_STUB},
    {.act = ACT_ACCESS_ANSWER, .roles = KA | EL, .states = LIVING, .need = CELL_READ, .set = F(ACCESS_ASKED)},
    {.act = ACT_CORRECTION_ASK, .roles = FO, .states = LIVING, .need = CELL_READ | CELL_STUB},
    {.act = ACT_CORRECTION_ASK, .roles = BA, .states = LIVING, .need = CELL_READ | CELL_STUB, .set = F(CONSENT_AGE)},
    {.act = ACT_CORRECTION_ANSWER, .roles = SH, .states = ACTIVE, .need = CELL_WRITE},
    {.act = ACT_CORRECTION_ANSWER, .roles = EL, .states = LIVING, .need = CELL_READ},
    {.act = ACT_CLAIM_OPINION, .roles = EL, .states = LIVING, .need = CELL_READ, .set = F(CLAIM_OPEN)},
    {.act = ACT_CLAIM_DECIDE, .roles = KA, .states = LIVING, .need = CELL_READ, .set = F(CLAIM_OPEN), .clear = F(SELF)},
    {.act = ACT_RESTRICT, .roles = KA, .states = LIVING, .need = CELL_READ, .clear = F(RESTRICTED)},
    {.act = ACT_RESTRICT_LIFT, .roles = KA, .states = LIVING, .need = CELL_READ, .set = F(RESTRICTED)},
    {.act = ACT_HOLD_SET, .roles = KA, .states = LIVING | ORDERED, .clear = F(HOLD)},
    {.act = ACT_HOLD_LIFT, .roles = KA, .states = LIVING | ORDERED, .set = F(HOLD), .clear = F(SELF)},
    /* What must be kept: the log goes on as its state has it, and nothing of it is deleted. */
    {.act = ACT_LEGAL_HOLD_SET, .roles = KA, .states = LIVING | ORDERED, .clear = F(LEGAL_HOLD), .ask = true},
    {.act = ACT_LEGAL_HOLD_LIFT, .roles = KA, .states = LIVING | ORDERED, .set = F(LEGAL_HOLD), .ask = true},

    {.act = ACT_DELETION_SUPPORT, .roles = EL, .states = PASSIVE, .need = CELL_READ},
    {.act = ACT_ARCHIVE_DECIDE, .roles = KA, .states = PASSIVE, .need = CELL_READ},
    {.act = ACT_ARCHIVE_REPORT_MAKE, .roles = KA | EL, .states = PASSIVE, .need = CELL_READ},
    /* Before a transfer too, when all have consented to it, and from an active log (rules: transfer 1). */
    {.act = ACT_ARCHIVE_DECIDE, .roles = KA | EL, .states = LIVING, .need = CELL_READ, .set = F(TRANSFER_PENDING) | F(IN_CONSENT)},
    {.act = ACT_ARCHIVE_REPORT_MAKE, .roles = KA | EL, .states = LIVING, .need = CELL_READ, .set = F(TRANSFER_PENDING) | F(IN_CONSENT)},
    {.act = ACT_DELETION_ORDER, .roles = KA, .states = PASSIVE, .need = CELL_READ, .set = F(REPORT_READY) | F(SUPPORTED),
     .clear = F(CLAIM_OPEN) | F(LEGAL_HOLD) | F(COPY_AWAITED) | F(RESTRICTED)},
    /* What is restricted is deleted only when the person asks for it (GDPR art. 18(2)). */
    {.act = ACT_DELETION_ORDER, .roles = KA, .states = PASSIVE, .need = CELL_READ,
     .set = F(REPORT_READY) | F(SUPPORTED) | F(RESTRICTED) | F(ASKED), .clear = F(CLAIM_OPEN) | F(LEGAL_HOLD) | F(COPY_AWAITED)},
    {.act = ACT_DELETION_APPROVE, .roles = KA, .states = ORDERED, .need = CELL_DECISION, .set = F(APPROVAL_AWAITED),
     .clear = F(SELF) | F(CLAIM_OPEN) | F(LEGAL_HOLD)},
    {.act = ACT_DELETION_APPROVE, .roles = EL, .states = ORDERED, .need = CELL_DECISION, .set = F(APPROVAL_AWAITED),
     .clear = F(SELF) | F(CLAIM_OPEN) | F(LEGAL_HOLD) | F(OTHER_ADMIN)},
    {.act = ACT_DELETION_STOP, .roles = KA | EL, .states = ORDERED, .need = CELL_DECISION},
    /* From the stub that shows the date: a claim cannot be filed any more. */
    {.act = ACT_STOP_ASK, .roles = FAMILY, .states = ORDERED, .need = CELL_STUB},

    {.act = ACT_TRANSFER_PROPOSE, .roles = SH, .states = ACTIVE, .need = CELL_WRITE, .clear = F(TRANSFER_PENDING)},
    {.act = ACT_TRANSFER_PROPOSE, .roles = EL, .states = LIVING, .need = CELL_READ, .clear = F(TRANSFER_PENDING)},
    {.act = ACT_TRANSFER_SEND, .roles = SH, .states = ACTIVE, .need = CELL_WRITE, .clear = F(TRANSFER_PENDING)},
    {.act = ACT_TRANSFER_SEND, .roles = EL, .states = LIVING, .need = CELL_READ, .clear = F(TRANSFER_PENDING)},
    {.act = ACT_TRANSFER_CONSENT, .roles = FO, .states = LIVING, .need = CELL_READ | CELL_STUB, .set = F(TRANSFER_PENDING)},
    {.act = ACT_TRANSFER_CONSENT, .roles = BA, .states = LIVING, .set = F(TRANSFER_PENDING) | F(CONSENT_AGE)},
    /* What was said on paper, or before a witness. */
    {.act = ACT_TRANSFER_CONSENT_RECORD, .roles = SH, .states = ACTIVE, .need = CELL_WRITE, .set = F(TRANSFER_PENDING)},
    {.act = ACT_TRANSFER_CONSENT_RECORD, .roles = EL, .states = LIVING, .need = CELL_READ, .set = F(TRANSFER_PENDING)},
    /* Within a municipality the log stays one: no report need be made of it. */
    {.act = ACT_TRANSFER_DECIDE, .roles = EL, .states = LIVING, .need = CELL_READ, .set = F(TRANSFER_PENDING) | F(IN_CONSENT)},
    {.act = ACT_TRANSFER_ACCEPT, .roles = EL, .states = LIVING, .relations = REL(OFFERED),
     .set = F(TRANSFER_PENDING) | F(IN_CONSENT) | F(REPORT_READY), .clear = F(RESTRICTED)},
    /* The log of another municipality is made of what came by whoever took it: their manager, in their own unit. */
    {.act = ACT_TRANSFER_TAKE, .roles = EL, .states = NO_LOG, .relations = REL(UNIT)},
    {.act = ACT_TRANSFER_REFUSE, .roles = EL, .states = NO_LOG, .relations = REL(UNIT)},
    {.act = ACT_TRANSFER_ARRIVE, .roles = EL, .states = NO_LOG, .relations = REL(UNIT)},
    {.act = ACT_TRANSFER_CANCEL, .roles = SH, .states = ACTIVE, .need = CELL_WRITE, .set = F(TRANSFER_PENDING)},
    {.act = ACT_TRANSFER_CANCEL, .roles = EL, .states = LIVING, .relations = REL(UNIT) | REL(OFFERED), .set = F(TRANSFER_PENDING)},
    {.act = ACT_TRANSFER_CANCEL, .roles = FAMILY, .states = LIVING, .need = CELL_READ | CELL_STUB, .set = F(TRANSFER_PENDING)},
    {.act = ACT_BLIND_REQUEST, .roles = SH | EL, .states = NO_LOG, .relations = REL(UNIT)},
    {.act = ACT_BLIND_REQUEST, .roles = FO, .states = PASSIVE, .need = CELL_STUB},
    {.act = ACT_BLIND_REQUESTS_READ, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_BLIND_REQUESTS_READ, .roles = SH | EL, .states = NO_LOG, .relations = REL(UNIT)},

    /* Statistics, archive reports, exports and prints are never open to operators (rules: access 27). */
    {.act = ACT_EXPORT_OWN, .roles = FAMILY, .states = ACTIVE, .need = CELL_READ},
    {.act = ACT_EXPORT_OWN, .roles = FAMILY, .states = LIVING, .need = CELL_COPY, .set = F(COPY_OPEN)},
    {.act = ACT_COPY_WAIVE, .roles = FAMILY, .states = LIVING, .need = CELL_COPY, .set = F(COPY_OPEN)},
    {.act = ACT_EXPORT_REQUEST, .roles = KA, .states = LIVING, .need = CELL_READ},
    {.act = ACT_EXPORT_APPROVE, .roles = KA | SEC, .states = LIVING, .clear = F(SELF)},
    {.act = ACT_PRINT, .roles = KA | EL | TEAM, .states = LIVING, .need = CELL_READ, .set = F(PRINT_ON)},

    {.act = ACT_SETTINGS_READ, .roles = CONTROL, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_SETTINGS_WRITE, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_UNITS_MANAGE, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_UNIT_CLOSE, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_STAFF_APPOINT_MANAGER, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY), .clear = F(SELF)},
    {.act = ACT_STAFF_APPOINT, .roles = EL, .states = NO_LOG, .relations = REL(UNIT), .clear = F(SELF)},
    {.act = ACT_STAFF_LIST_READ, .roles = CONTROL, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_STAFF_LIST_READ, .roles = EL, .states = NO_LOG, .relations = REL(UNIT)},
    {.act = ACT_STAFF_LIST_CONFIRM, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_REGISTER_READ, .roles = CONTROL, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_STATISTICS_READ, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_STATISTICS_READ, .roles = EL, .states = NO_LOG, .relations = REL(UNIT)},
    {.act = ACT_AUDIT_READ, .roles = CONTROL, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_OWN_TRAIL_READ, .roles = EVERYBODY, .states = NO_LOG, .relations = ANYONE},
    {.act = ACT_INBOX_READ, .roles = EVERYBODY, .states = NO_LOG, .relations = ANYONE},
    {.act = ACT_NOTICES_CHOOSE, .roles = EVERYBODY, .states = NO_LOG, .relations = ANYONE},
    {.act = ACT_OPERATOR_AUTHORISE, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY), .clear = F(SELF)},
    {.act = ACT_OPERATOR_END, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY), .even_stopped = true},
    {.act = ACT_SUPPORT_GRANT, .roles = DL, .states = NO_LOG, .relations = REL(AUTHORISED), .clear = F(SELF)},
    {.act = ACT_MUNICIPALITY_CREATE, .roles = DL | R(SYSTEM_OWNER), .states = NO_LOG, .relations = ANYONE},
    {.act = ACT_PROCESSING_STOP, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
    {.act = ACT_PROCESSING_RESUME, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY), .set = F(PROCESSING_STOPPED), .clear = F(SELF)},
    {.act = ACT_INCIDENT_REPORT, .roles = EVERYBODY, .states = NO_LOG, .relations = ANYONE, .even_stopped = true},
    {.act = ACT_INCIDENT_MANAGE, .roles = KA | SEC, .states = NO_LOG, .relations = REL(MUNICIPALITY), .even_stopped = true},
    {.act = ACT_INCIDENT_MANAGE, .roles = DL | R(PRODUCT_OWNER), .states = NO_LOG, .relations = ANYONE, .even_stopped = true},
    {.act = ACT_INCIDENT_CLOSE, .roles = KA | SEC, .states = NO_LOG, .relations = REL(MUNICIPALITY), .clear = F(SELF), .even_stopped = true},
    {.act = ACT_INCIDENT_CLOSE, .roles = DL | R(PRODUCT_OWNER), .states = NO_LOG, .relations = ANYONE, .clear = F(SELF), .even_stopped = true},
    {.act = ACT_LOCKDOWN, .roles = KA | SEC, .states = NO_LOG, .relations = REL(MUNICIPALITY), .even_stopped = true},
    {.act = ACT_LOCKDOWN, .roles = DL, .states = NO_LOG, .relations = ANYONE, .even_stopped = true},

    /* One's own session: signing in and enrolling come before a role is chosen, and are proved by credentials. */
    {.act = ACT_SIGN_OUT, .roles = EVERYBODY, .states = NO_LOG, .relations = ANYONE, .even_stopped = true},
    {.act = ACT_ROLE_CHOOSE, .roles = EVERYBODY, .states = NO_LOG, .relations = ANYONE, .even_stopped = true},
    {.act = ACT_IMPORT, .roles = KA, .states = NO_LOG, .relations = REL(MUNICIPALITY)},
};

const size_t rule_count = COUNT_OF(rules);
