/* What an audit line is about. The numbers stand in rows for ever.
 * Must not hold texts: lines hold codes only.
 * Used by service and whoever reads its lines. */
#ifndef DOMAIN_EVIDENCE_H
#define DOMAIN_EVIDENCE_H

#define AUDIT_OBJECTS(X)                                                                                     \
    X(NONE, 0) X(LOG, 1) X(PERSON, 2) X(UNIT, 3) X(ROLE, 4) X(SESSION, 5) X(SETTING, 6) X(MUNICIPALITY, 7)   \
    X(CUSTODIAN, 8) X(INVITATION, 9) X(BACKUP, 10) X(CERTIFICATE, 11) X(PUBLICATION, 12)

#define X(name, number) OBJECT_##name = (number),
enum AuditObject { AUDIT_OBJECTS(X) };
#undef X

/* The reason in a line of somebody who enrolled. */
#define ENROLMENTS(X) X(FIRST, 0) X(ANEW, 1) /* in the place of the password and the authenticator of before */

#define X(name, number) ENROLMENT_##name = (number),
enum EnrolmentReason { ENROLMENTS(X) };
#undef X

#endif
