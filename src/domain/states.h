/* The states of a log, and the flags that stand beside them (rules: states 1, 7).
 * Must not be stored where they follow from dates: lifecycle.h and consent.h compute those.
 * Used by policy, lifecycle, store, service, pages. */
#ifndef DOMAIN_STATES_H
#define DOMAIN_STATES_H

#include <stdint.h>

#include "base/str.h"

/* name, number (in rows for ever), code */
#define STATES(X)                              \
    X(ACTIVE, 1, "active")                     \
    X(PASSIVE, 2, "passive")                   \
    X(DELETION_ORDERED, 3, "deletion_ordered") \
    X(DELETED, 4, "deleted")

#define X(name, number, code) STATE_##name = (number),
/* STATE_NONE: the act is not about a log. */
enum State { STATE_NONE = 0, STATES(X) STATE_COUNT };
#undef X
typedef enum State State;

const char *state_code(State state);
MUST_USE Err state_from_str(Str code, State *ret_state);
MUST_USE Err state_from_u8(uint8_t number, State *ret_state);

/* What policy must know beside role, relation and state.
 * name, bit (in rows for ever), code, reason when a rule needs it and it is not set, reason when a rule forbids it and it is set. */
#define FLAGS(X)                                                              \
    /* about the log */                                                       \
    X(OF_AGE, 0, "of_age", NOT_OF_AGE, OF_AGE)                                \
    X(CONSENT_INVALID, 1, "consent_invalid", STATE, CONSENT_INVALID)          \
    X(IN_GRACE, 2, "in_grace", CONSENT_INVALID, STATE)                        \
    X(OWN_CONSENT, 3, "own_consent", OF_AGE, STATE)                           \
    X(MOVED, 4, "moved", STATE, STATE)                                        \
    X(TRANSFER_PENDING, 5, "transfer_pending", NO_TRANSFER, TRANSFER_PENDING) \
    X(RESTRICTED, 6, "restricted", STATE, RESTRICTED)                         \
    X(CLAIM_OPEN, 7, "claim_open", NO_CLAIM, CLAIM_OPEN)                      \
    X(HOLD, 8, "hold", STATE, HOLD)                                           \
    X(PROCESSING_STOPPED, 9, "processing_stopped", STATE, PROCESSING_STOPPED) \
    X(FROZEN_SEGMENT, 10, "frozen_segment", STATE, FROZEN_SEGMENT)            \
    X(REPORT_READY, 11, "report_ready", NO_REPORT, STATE)                     \
    X(REPORT_KEPT, 12, "report_kept", NO_REPORT, STATE)                       \
    X(SUPPORTED, 13, "supported", NOT_SUPPORTED, STATE)                       \
    X(ADDRESS_PROTECTED, 14, "address_protected", STATE, ADDRESS_PROTECTED)   \
    /* about the person who asks */                                           \
    X(DECLARANT_SIDE, 15, "declarant_side", NO_RELATION, NO_RELATION)         \
    X(FORMER_UNIT_OPEN, 16, "former_unit_open", FORMER, STATE)                \
    X(LET_IN, 17, "let_in", NOT_LET_IN, STATE)                                \
    X(CONSENT_AGE, 18, "consent_age", CONSENT_AGE, CONSENT_AGE)               \
    X(COPY_OPEN, 19, "copy_open", COPY_CLOSED, STATE)                         \
    X(APPROVER, 20, "approver", NOT_APPROVER, NOT_APPROVER)                   \
    X(OWN, 21, "own", NOT_OWN, NOT_OWN)                                       \
    X(SELF, 22, "self", STATE, OWN_REQUEST)                                   \
    X(OTHER_ADMIN, 23, "other_admin", NOT_APPROVER, NOT_APPROVER)             \
    X(IN_CONSENT, 24, "in_consent", NOT_IN_CONSENT, STATE)                    \
    /* settings of the municipality */                                        \
    X(GUARDIANS_WRITE, 25, "guardians_write", SETTING_OFF, SETTING_OFF)       \
    X(PRINT_ON, 26, "print_on", SETTING_OFF, SETTING_OFF)                     \
    /* about the log again: it was made by mistake, and is to be deleted */   \
    X(MISTAKE, 27, "mistake", STATE, STATE)                                   \
    X(LEGAL_HOLD, 28, "legal_hold", STATE, HOLD)                              \
    /* about the person who asks */                                           \
    X(KNOWS, 29, "knows", NOT_LET_IN, STATE)                                  \
    /* about a deletion */                                                    \
    X(COPY_AWAITED, 30, "copy_awaited", STATE, COPY_AWAITED)                  \
    X(ASKED, 31, "asked", STATE, STATE)                                       \
    /* about the person who asks */                                           \
    X(CONSENT_NEAR, 32, "consent_near", CONSENT_AGE, CONSENT_AGE)             \
    /* somebody of the family has asked for access to it, and is not answered */ \
    X(ACCESS_ASKED, 33, "access_asked", STATE, STATE)                         \
    /* about a deletion that is ordered: nobody has approved it yet; and somebody of the family has asked that it be stopped */ \
    X(APPROVAL_AWAITED, 34, "approval_awaited", STATE, STATE)                 \
    X(STOP_ASKED, 35, "stop_asked", STATE, STATE)

#define X(name, bit, code, missing, present) FLAG_BIT_##name = (bit),
enum flag_bit { FLAGS(X) FLAG_COUNT };
#undef X
/* An enumerator of ISO C is an int, which has 31 bits; our compilers take those that are wider. */
#define X(name, bit, code, missing, present) FLAG_##name = UINT64_C(1) << FLAG_BIT_##name,
__extension__ enum Flag { FLAGS(X) };
#undef X

/* A set of FLAG_x.
 *   OF_AGE             18 or older today (lifecycle_flags).
 *   CONSENT_INVALID    consent_check says no; IN_GRACE: but the grace runs.
 *   OWN_CONSENT        the adult's own consent is valid, and the municipality's highest age allows it.
 *   FROZEN_SEGMENT     what is asked for is the declarant's part of a transferred log; DECLARANT_SIDE: by one of
 *                      the declarant's people; FORMER_UNIT_OPEN: inside the months that the setting gives them.
 *   REPORT_READY       a report, or a decision not to archive, newer than the last entry.
 *   REPORT_KEPT        the report of a deleted log is still kept (R0..R1).
 *   SUPPORTED          where the relay holder asked for deletion the manager supports it; else always set (deletion_supported).
 *   HOLD               closed to all: an incident, or a row that is not what was written. LEGAL_HOLD: must be kept (a court, a
 *                      complaint): the row of the state stays, and nothing of the log may be deleted or removed.
 *   LET_IN             the child is let in. KNOWS: the child was let in once, or was asked for or gave a consent, and so has been
 *                      told that the log exists. CONSENT_AGE: has reached the municipality's consent age. CONSENT_NEAR: does so
 *                      within 90 days, in which the answer may be given.
 *   COPY_OPEN          inside the 14 days in which a copy is offered.
 *   COPY_AWAITED       a copy must be offered before the deletion, and is neither taken nor waived, nor are the 14 days over.
 *                      ASKED: the person whom the log is about has asked for the deletion.
 *   APPROVER           this manager is the order's second person. OTHER_ADMIN: another KA exists.
 *   OWN                the entry is the asker's own; for an evaluation: they answer for the measure.
 *   SELF               the asker ordered or requested what is now to be approved, or is whom it is granted to.
 *   IN_CONSENT         the unit in question is named in a valid consent; of a transfer: the unit that is to receive the log, in
 *                      the consents to the transfer of all who must give one. */
typedef uint64_t Flags;
#define FLAG_AT(bit) ((Flags)1 << (bit))

const char *flag_code(enum flag_bit bit);

#endif
