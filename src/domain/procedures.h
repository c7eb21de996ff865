/* Acts that one form carries out, about one log or one entry of it: a row each. Page, form, API, their description and the
 * buttons follow from the row. An entry goes on in its next version with what the form gave; what an act does to the log itself
 * stands in a small file of its own, its deed (service/log/deed.h).
 * Must not say who may: rules.c does.
 * Used by service, web and api. */
#ifndef DOMAIN_PROCEDURES_H
#define DOMAIN_PROCEDURES_H

#include "domain/fields.h"
#include "domain/notices.h"
#include "domain/states.h"

#define PROCEDURE_FIELDS 5

/* What the entries of a log tell of it beside its flags. */
enum When {
    WHEN_ANY = 0,
    WHEN_QUIET,    /* so long that holder and manager are asked about it */
    WHEN_WISHED,   /* its holder has asked for the deletion, since it was last in use */
    WHEN_UNENDED,  /* no death is recorded */
    WHEN_OFFERED,  /* its baton is offered to somebody */
    WHEN_DISPUTED, /* somebody of the family has said what is wrong, and nobody has answered since */
    WHEN_SETTLED,  /* nothing makes a deletion wait but what the policy knows: a death was recorded long enough ago */
    WHEN_LEFT,     /* whoever had to consent has left, and who must now is to be settled */
    WHEN_UNAGREED, /* it is to go to another unit, and somebody who must has not said yes to that */
    WHEN_AGREED,   /* all have, and what was decided of it is not as new as what was written */
    WHEN_COUNT
};

typedef struct Procedure {
    Act act;
    KindId of;                         /* KIND_NONE: a log; else an entry of this kind, which goes on in its next version */
    KindId asks;                       /* whose fields its form asks for: of an entry its own kind's; KIND_NONE: a yes alone */
    FieldKey fields[PROCEDURE_FIELDS]; /* which of them, in the order of the kind, ended by FIELD_NONE; none: all */
    FieldKey needs;                    /* one that may be empty elsewhere and not here; FIELD_NONE: none */
    bool kept;                         /* what was asked becomes an entry of the log, where its readers see who did it and why */
    bool removes;                      /* the entry that it is about, which the family wrote, is taken away for the reason asked for */
    KindId about;                      /* the kind of entry that it answers: the form names the newest as it was shown, and where
                                        * another is the newest by now it is refused; KIND_NONE: none */
    enum When when;                    /* only then, as the entries of the log tell */
    bool by_entries;                   /* only the entries of the log tell whether it may be done: they are read before its form is shown */
    bool says_why;                     /* what it refuses is told in words of its own: act.<code>.refused */
    Flags sets, lifts;                 /* stored flags of the log; refused when it has them, or has them not */
    NoticeId tells;                    /* what the others are told of it, where its deed says nothing else */
    bool ordered;                      /* where it takes long it is only ordered, and a job does it */
    bool final;                        /* cannot be undone: its page says so, and what follows */
    Act instead;                       /* of an answer to what was offered: the other answer, which its page names too. Whoever is
                                        * asked has no part in the log yet, and goes back to their list. ACT_NONE: no answer */
    bool of_consent;                   /* about somebody's consent: its page shows nothing of the log to whoever does not read it */
    bool document;                     /* a file may come with its form: a consent that was signed */
    bool withdraws;                    /* one is withdrawn: taken of a log that is held too (rules: consent 12) */
    bool transfers;                    /* about a transfer: its form offers units or holders, and its page shows what is proposed */
    FieldKey withdraws_too;            /* by which whoever does it withdraws their own besides: its form leaves it out where they have
                                        * none; FIELD_NONE: none */
} Procedure;

/* The act, the same in small letters, and the row; in the order in which pages offer them. */

/* An entry goes on in its next version: progress, and no correction. */
#define ENTRY_PROCEDURES(X)                                                          \
    X(MEASURE_PROGRESS, measure_progress, .of = KIND_MEASURE, .asks = KIND_MEASURE,  \
      .fields = {MEASURE_DEADLINE, MEASURE_STATE})                                   \
    X(MINUTES_WRITE, minutes_write, .of = KIND_MEETING, .asks = KIND_MEETING,        \
      .fields = {MEETING_PARTICIPANTS, MEETING_SUMMARY}, .needs = MEETING_SUMMARY) \
    X(FAMILY_NOTE_REMOVE, family_note_remove, .of = KIND_NOTE, .asks = KIND_REMOVAL, .removes = true, .final = true)

/* About the log itself: what they do beyond their row is a deed (service/log/deed.h). */
#define LOG_PROCEDURES(X) \
    X(LOG_CLOSE, log_close, .asks = KIND_CLOSING) \
    X(ACTIVITY_CONFIRM, activity_confirm, .asks = KIND_CONFIRMATION, .kept = true, .when = WHEN_QUIET, .says_why = true) \
    X(LOG_REOPEN, log_reopen) \
    X(DELETION_ASK, deletion_ask, .asks = KIND_DELETION_WISH, .kept = true, .final = true) \
    X(DELETION_SUPPORT, deletion_support, .asks = KIND_SUPPORT, .kept = true, .about = KIND_DELETION_WISH, .when = WHEN_WISHED) \
    X(CLAIM_FILE, claim_file, .asks = KIND_CLAIM, .kept = true, .sets = FLAG_CLAIM_OPEN, .says_why = true, .final = true, \
      .withdraws_too = CLAIM_WITHDRAWN) \
    X(COPY_WAIVE, copy_waive, .says_why = true) \
    X(CLAIM_DECIDE, claim_decide, .asks = KIND_DECISION, .kept = true, .about = KIND_CLAIM, .lifts = FLAG_CLAIM_OPEN, \
      .says_why = true, .final = true) \
    X(ACCESS_ASK, access_ask, .asks = KIND_ACCESS_WISH, .kept = true, .says_why = true) \
    X(ARCHIVE_REPORT_MAKE, archive_report_make, .asks = KIND_REPORT_WISH, .says_why = true, .ordered = true) \
    X(ARCHIVE_DECIDE, archive_decide, .asks = KIND_ARCHIVE_DECISION, .kept = true) \
    X(DELETION_ORDER, deletion_order, .asks = KIND_DELETION_ORDER, .kept = true, .when = WHEN_SETTLED, .by_entries = true, .says_why = true, \
      .final = true) \
    X(DELETION_APPROVE, deletion_approve, .about = KIND_DELETION_ORDER, .says_why = true, .final = true) \
    X(DELETION_STOP, deletion_stop, .asks = KIND_DELETION_STOP, .kept = true, .about = KIND_DELETION_ORDER, .says_why = true) \
    X(STOP_ASK, stop_ask, .asks = KIND_STOP_WISH, .kept = true, .says_why = true) \
    X(MISTAKE_MARK, mistake_mark, .sets = FLAG_MISTAKE, .final = true) \
    X(BATON_ACCEPT, baton_accept, .instead = ACT_BATON_DECLINE) \
    X(BATON_DECLINE, baton_decline, .instead = ACT_BATON_ACCEPT) \
    X(BATON_WITHDRAW, baton_withdraw, .when = WHEN_OFFERED) \
    X(CONSENT_GIVE, consent_give, .asks = KIND_RENEWAL, .of_consent = true, .fields = {RENEWAL_VALID_TO, RENEWAL_UNITS}) \
    X(CONSENT_RECORD, consent_record, .asks = KIND_RENEWAL, .of_consent = true, .document = true) \
    X(CONSENTERS_RECORD, consenters_record, .when = WHEN_LEFT) \
    X(CONSENT_WITHDRAW, consent_withdraw, .asks = KIND_WITHDRAWAL, .of_consent = true, .withdraws = true, \
      .fields = {WITHDRAWAL_OF, WITHDRAWAL_UNIT}) \
    X(WITHDRAWAL_RECORD, withdrawal_record, .asks = KIND_WITHDRAWAL, .of_consent = true, .withdraws = true)

/* About the log itself, and no more than their row says. */
#define MARK_PROCEDURES(X) \
    X(CORRECTION_ASK, correction_ask, .asks = KIND_CORRECTION_WISH, .kept = true, .tells = NOTICE_CORRECTION_ASKED) \
    X(CORRECTION_ANSWER, correction_answer, .asks = KIND_CORRECTION_REPLY, .kept = true, .about = KIND_CORRECTION_WISH, \
      .when = WHEN_DISPUTED, .tells = NOTICE_CORRECTION_ANSWERED) \
    X(ACCESS_ANSWER, access_answer, .asks = KIND_ACCESS_REPLY, .kept = true, .about = KIND_ACCESS_WISH, .lifts = FLAG_ACCESS_ASKED) \
    X(PASSIVE_PROLONG, passive_prolong, .asks = KIND_PROLONGING, .kept = true, .final = true) \
    X(CLAIM_OPINION, claim_opinion, .asks = KIND_OPINION, .kept = true, .about = KIND_CLAIM, .final = true) \
    X(RESTRICT, restrict, .asks = KIND_RESTRICTION, .kept = true, .sets = FLAG_RESTRICTED) \
    X(RESTRICT_LIFT, restrict_lift, .asks = KIND_RESTRICTION_END, .kept = true, .about = KIND_RESTRICTION, .lifts = FLAG_RESTRICTED) \
    X(MOVED_RECORD, moved_record, .sets = FLAG_MOVED, .final = true) \
    X(LEGAL_HOLD_SET, legal_hold_set, .asks = KIND_LEGAL_HOLD, .kept = true, .sets = FLAG_LEGAL_HOLD)

/* The same, and a deed besides. */
#define LAST_PROCEDURES(X) \
    X(DEATH_RECORD, death_record, .asks = KIND_DEATH, .kept = true, .when = WHEN_UNENDED, .final = true) \
    X(LEGAL_HOLD_LIFT, legal_hold_lift, .asks = KIND_LEGAL_HOLD_END, .kept = true, .about = KIND_LEGAL_HOLD, .lifts = FLAG_LEGAL_HOLD)

/* The log goes to another unit, in this order and no other (rules: transfer 1). */
#define TRANSFER_PROCEDURES(X) \
    X(TRANSFER_PROPOSE, transfer_propose, .asks = KIND_TRANSFER, .needs = TRANSFER_UNIT, .kept = true, \
      .fields = {TRANSFER_UNIT, TRANSFER_UNITS, TRANSFER_ON}, \
      .sets = FLAG_TRANSFER_PENDING, .says_why = true, .transfers = true, .tells = NOTICE_TRANSFER_PENDING) \
    X(TRANSFER_CONSENT, transfer_consent, .when = WHEN_UNAGREED, .says_why = true, .transfers = true, .about = KIND_TRANSFER) \
    X(TRANSFER_CONSENT_RECORD, transfer_consent_record, .asks = KIND_RENEWAL, .when = WHEN_UNAGREED, .of_consent = true, \
      .document = true, .says_why = true, .transfers = true, .about = KIND_TRANSFER, \
      .fields = {RENEWAL_GIVER, RENEWAL_GIVEN_ON, RENEWAL_METHOD, RENEWAL_WITNESS}) \
    X(TRANSFER_DECIDE, transfer_decide, .asks = KIND_TRANSFER_DECISION, .kept = true, .when = WHEN_AGREED, .says_why = true, \
      .transfers = true, .about = KIND_TRANSFER) \
    X(TRANSFER_ACCEPT, transfer_accept, .asks = KIND_TRANSFER_TAKING, .lifts = FLAG_TRANSFER_PENDING, .says_why = true, \
      .transfers = true, .about = KIND_TRANSFER, .instead = ACT_TRANSFER_CANCEL, .final = true) \
    X(TRANSFER_CANCEL, transfer_cancel, .asks = KIND_TRANSFER_END, .kept = true, .lifts = FLAG_TRANSFER_PENDING, .says_why = true, \
      .transfers = true, .about = KIND_TRANSFER, .tells = NOTICE_TRANSFER_OVER) \
    /* the same to a unit of another municipality */ \
    X(TRANSFER_SEND, transfer_send, .asks = KIND_TRANSFER, .needs = TRANSFER_UNIT, \
      .fields = {TRANSFER_MUNICIPALITY, TRANSFER_UNIT, TRANSFER_ON}, .sets = FLAG_TRANSFER_PENDING, .says_why = true, .transfers = true, \
      .tells = NOTICE_TRANSFER_PENDING) \
    /* a guardian who sees no more than the stub names the unit that they want it to go to */ \
    X(BLIND_REQUEST, blind_request, .asks = KIND_TRANSFER, .needs = TRANSFER_UNIT, .fields = {TRANSFER_UNIT}, .says_why = true, \
      .transfers = true)

#define PROCEDURES(X) ENTRY_PROCEDURES(X) LOG_PROCEDURES(X) MARK_PROCEDURES(X) LAST_PROCEDURES(X) TRANSFER_PROCEDURES(X)

#define X(name, code, ...) PROCEDURE_##name,
enum ProcedureId { PROCEDURES(X) PROCEDURE_COUNT };
#undef X

/* In the table's order. */
const Procedure *procedure_at(unsigned position);
/* By the act's code. Errors: E_NOT_FOUND for every other text. */
MUST_USE Err procedure_from_str(Str code, const Procedure **ret_procedure);

/* What a procedure's form asks for, as a kind of its own with the chosen fields, for whoever reads documents by the field
 * table; of no fields where it asks for a yes. Where the row is about an entry the last one names that. */
#define FIELD_ID_ABOUT 255
#define FIELD_ABOUT "about"
typedef struct ProcedureForm {
    Kind kind;
    Field fields[FIELDS_MAX];
} ProcedureForm;
/* Do not copy: the kind points into it. */
void procedure_form(const Procedure *procedure, ProcedureForm *ret_form);
/* What was read by such a form, as values of the kind that the procedure asks for. */
Values procedure_read(const Values *read);

/* The fields that a procedure asks for, put over values of the same kind; the others stay. */
void procedure_put(const Procedure *procedure, const Values *asked, Values *values);

/* The first field that a procedure asks for whose day would lie before another day of the entry that it goes on, which it may not
 * lie before (not_before of the table), also where its form does not ask for that other; FIELD_NONE when there is none. */
FieldKey procedure_too_early(const Procedure *procedure, const Values *asked, const Values *entry, Day today);

#endif
