/* The columns of every table, once: row structs are filled, statements are written and digests are made from these lists.
 * Must not differ from the newest migration; the tests insert and read every table on both databases.
 * Included by statements.h, codec.c and the verbs.
 *
 * The first column of a tracked table is the key under which its changes stand in the audit chain. */
#ifndef STORE_TABLES_H
#define STORE_TABLES_H

/* A: the first column, F: each other. (Row, type, field, column). Types: fields.h.
 * I64_LATE and HASH_LATE came later than the rows of their table: where one is 0, or none, it is left out of their digests, which stand
 * in chains and under heads from before. */
#define SETTING(A, F)                                                                                        \
    A(SettingRow, TEXT, name, name) F(SettingRow, BLOB, value, value) F(SettingRow, U32, version, version)

#define UNIT(A, F)                                                                                           \
    A(UnitRow, ID, id, id) F(UnitRow, U8, kind, kind) F(UnitRow, ID, parent, parent)                         \
    F(UnitRow, BLOB, sealed, sealed) F(UnitRow, U32, version, version) F(UnitRow, I64, closed_at, closed_at)

/* What the chain has of it; the rights are under the proof alone, since the chain has each row that they are the sum of (proofs.h). */
#define PERSON_CHAINED(A, F)                                                                                 \
    A(PersonRow, ID, id, id) F(PersonRow, BLOB_NULL, login_index, login_index) F(PersonRow, U8, state, state) \
    F(PersonRow, BLOB, sealed, sealed) F(PersonRow, BLOB, secret, secret)                                    \
    F(PersonRow, U32, version, version) F(PersonRow, I64, created_at, created_at)                            \
    F(PersonRow, I64, last_totp_step, last_totp_step)
#define PERSON(A, F) PERSON_CHAINED(A, F) F(PersonRow, HASH, rights, rights)

#define ROLE(A, F)                                                                                           \
    A(RoleRow, ID, id, id) F(RoleRow, ID, person, person) F(RoleRow, U8, role, role)                         \
    F(RoleRow, ID, unit, unit) F(RoleRow, I64, from_at, from_at) F(RoleRow, I64, to_at, to_at)               \
    F(RoleRow, ID, appointed_by, appointed_by)

#define ENROLMENT(A, F)                                                                                      \
    A(EnrolmentRow, HASH, code_hash, code_hash) F(EnrolmentRow, ID, person, person)                          \
    F(EnrolmentRow, I64, expires_at, expires_at) F(EnrolmentRow, I64, used_at, used_at)

#define SESSION(A, F)                                                                                        \
    A(SessionRow, HASH, token_hash, token_hash) F(SessionRow, ID, person, person)                            \
    F(SessionRow, ID, role_row, role_row) F(SessionRow, U8, role, role) F(SessionRow, ID, unit, unit)        \
    F(SessionRow, ID, grant, grant_id) F(SessionRow, I64, created_at, created_at)                            \
    F(SessionRow, I64, touched_at, touched_at) F(SessionRow, I64, ends_at, ends_at)                          \
    F(SessionRow, BLOB, form_secret, form_secret) F(SessionRow, BLOB, wizard_key, wizard_key)                \
    F(SessionRow, I64, proved_at, proved_at)

/* The column `session` is called as it was when its session stood there: the token is the session's, and says that already. */
#define FORM_KEY(A, F)                                                                                       \
    A(FormKeyRow, HASH, hash, hash) F(FormKeyRow, HASH, content, session) F(FormKeyRow, I64, at, at)         \
    F(FormKeyRow, TEXT, answer_location, answer_location) F(FormKeyRow, U16, status, status)

#define DRAFT(A, F)                                                                                          \
    A(DraftRow, ID, id, id) F(DraftRow, I64, log_no, log_no) F(DraftRow, ID, person, person)                 \
    F(DraftRow, U16, kind, kind) F(DraftRow, ID, entry, entry) F(DraftRow, I64, at, at)                      \
    F(DraftRow, BLOB, sealed, sealed)

#define BACKOFF(A, F)                                                                                        \
    A(BackoffRow, ID, key, account) F(BackoffRow, U32, failures, failures)                                   \
    F(BackoffRow, I64, until_at, until_at)

/* The moment up to which a job is done in this database, and who has it in hand until when. */
#define JOB(A, F)                                                                                            \
    A(JobRow, TEXT, name, name) F(JobRow, I64, done_to, done_to) F(JobRow, ID, runner, runner)               \
    F(JobRow, I64, until_at, until_at)

#define BLIND_REQUEST(A, F)                                                                                  \
    A(BlindRequestRow, ID, id, id) F(BlindRequestRow, ID, person, person) F(BlindRequestRow, ID, unit, unit) \
    F(BlindRequestRow, U16, reason, reason) F(BlindRequestRow, I64, at, at) F(BlindRequestRow, ID, log, log) \
    F(BlindRequestRow, I64, told_at, told_at)

/* What a person does not want to be told, as a set of notices. */
#define SILENCE(A, F) A(SilenceRow, ID, person, person) F(SilenceRow, I64, notices, notices)

/* A mail that a notice wants: to whom, and by which template. It has the notice's id. */
#define OUTBOX(A, F)                                                                                         \
    A(OutboxRow, ID, id, id) F(OutboxRow, ID, person, person) F(OutboxRow, U16, template, template)          \
    F(OutboxRow, I64, at, at)

#define SCOPE_KEY(A, F)                                                                                      \
    A(ScopeKeyRow, ID, scope, scope) F(ScopeKeyRow, U8, kind, kind) F(ScopeKeyRow, U32, epoch, epoch)        \
    F(ScopeKeyRow, BLOB, wrapped, wrapped) F(ScopeKeyRow, BLOB, blind_index, blind_index)                    \
    F(ScopeKeyRow, BLOB, inner, inner_index) F(ScopeKeyRow, U32, version, version)

/* The head stands last: the log's own digest leaves it out. */
#define LOG_HEAD_COLUMNS 1
#define LOG_PLAIN(A, F)                                                                                      \
    A(LogRow, ID, id, id) F(LogRow, I64, no, no) F(LogRow, U32, display, display)                            \
    F(LogRow, U8, state, state) F(LogRow, U63, flags, flags) F(LogRow, ID, unit, unit)                       \
    F(LogRow, ID, holder, holder) F(LogRow, U32, access_version, access_version)                             \
    F(LogRow, I64, created_at, created_at) F(LogRow, I64, last_activity_at, last_activity_at)                \
    F(LogRow, U32, next_seq, next_seq) F(LogRow, I64, wake_on, wake_on)                                      \
    F(LogRow, U8, closed_reason, closed_reason) F(LogRow, U32, header_version, header_version)               \
    F(LogRow, I64_LATE, passive_at, passive_at) F(LogRow, I64_LATE, looked_to, looked_to)
#define LOG(A, F) LOG_PLAIN(A, F) F(LogRow, BLOB, header, header) F(LogRow, HASH, head, head)

#define ENTRY(A, F)                                                                                          \
    A(EntryRow, ID, id, id) F(EntryRow, I64, no, no) F(EntryRow, I64, log_no, log_no)                        \
    F(EntryRow, U16, kind, kind) F(EntryRow, ID, entry, entry) F(EntryRow, U32, version, version)            \
    F(EntryRow, ID, supersedes, supersedes) F(EntryRow, ID, author, author)                                  \
    F(EntryRow, U8, author_role, author_role) F(EntryRow, ID, author_unit, author_unit)                      \
    F(EntryRow, I64, at, at) F(EntryRow, I64, due, due) F(EntryRow, BOOL, removed, removed)                  \
    F(EntryRow, BLOB, sealed, sealed)

/* What an entry says of the life of its log. */
#define ENTRY_LIVED(A, F) A(EntryRow, I64, log_no, log_no) F(EntryRow, U16, kind, kind) F(EntryRow, I64, at, at)

#define PARTICIPANT_PLAIN(A, F)                                                                              \
    A(ParticipantRow, ID, id, id) F(ParticipantRow, I64, log_no, log_no)                                     \
    F(ParticipantRow, ID, person, person) F(ParticipantRow, U8, role, role)                                  \
    F(ParticipantRow, U16, service, service) F(ParticipantRow, ID, unit, unit)                               \
    F(ParticipantRow, I64, from_at, from_at) F(ParticipantRow, I64, to_at, to_at)                            \
    F(ParticipantRow, BOOL, let_in, let_in) F(ParticipantRow, U32, version, version)
#define PARTICIPANT(A, F) PARTICIPANT_PLAIN(A, F) F(ParticipantRow, BLOB, sealed, sealed)

#define CONSENT_PLAIN(A, F)                                                                                  \
    A(ConsentRow, ID, id, id) F(ConsentRow, I64, log_no, log_no)                                             \
    F(ConsentRow, ID, participant, participant) F(ConsentRow, U8, method, method)                            \
    F(ConsentRow, I64, given_at, given_at) F(ConsentRow, I64, valid_to, valid_to)                            \
    F(ConsentRow, I64, withdrawn_at, withdrawn_at) F(ConsentRow, U32, version, version)
#define CONSENT(A, F) CONSENT_PLAIN(A, F) F(ConsentRow, BLOB, sealed, sealed)

#define CONSENT_UNIT(A, F)                                                                                   \
    A(ConsentUnitRow, ID, id, id) F(ConsentUnitRow, I64, log_no, log_no)                                     \
    F(ConsentUnitRow, ID, consent, consent) F(ConsentUnitRow, ID, unit, unit)

/* The bytes are under the digest by their own: sha256. */
#define DOCUMENT_PLAIN(A, F)                                                                                 \
    A(DocumentRow, ID, id, id) F(DocumentRow, I64, log_no, log_no) F(DocumentRow, U8, media, media)          \
    F(DocumentRow, HASH, sha256, sha256) F(DocumentRow, I64, size, size)
#define DOCUMENT(A, F) DOCUMENT_PLAIN(A, F) F(DocumentRow, BLOB, sealed, sealed)

#define INBOX(A, F)                                                                                          \
    A(InboxRow, ID, id, id) F(InboxRow, ID, person, person) F(InboxRow, U16, event, event)                   \
    F(InboxRow, ID, object, object) F(InboxRow, I64, at, at) F(InboxRow, I64, read_at, read_at)              \
    F(InboxRow, I64_LATE, due, due) F(InboxRow, I64_LATE, done_at, done_at)

/* Somebody is asked for a consent before there is a log: who asks, for which units, how many must say yes, and what those who have
 * said yes have typed, sealed under a key of its own; nothing until then. */
#define INVITATION(A, F)                                                                                     \
    A(InvitationRow, ID, id, id) F(InvitationRow, ID, maker, maker) F(InvitationRow, ID, role_row, role_row)  \
    F(InvitationRow, ID, unit, unit) F(InvitationRow, ID, log, log) F(InvitationRow, BLOB, units, units)     \
    F(InvitationRow, U8, required, required) F(InvitationRow, I64, made_at, made_at)                         \
    F(InvitationRow, I64, expires_at, expires_at) F(InvitationRow, BLOB, sealed, sealed)                     \
    F(InvitationRow, U32, version, version)

#define INVITED(A, F)                                                                                        \
    A(InvitedRow, ID, id, id) F(InvitedRow, ID, invitation, invitation) F(InvitedRow, ID, person, person)    \
    F(InvitedRow, ID, maker, maker) F(InvitedRow, I64, said_at, said_at)                                     \
    F(InvitedRow, I64, expires_at, expires_at)

/* A log is to be deleted: why, who ordered, approved or stopped it, and when it went. It outlives the log, and names nobody whom the log
 * is about. */
#define DELETION(A, F)                                                                                       \
    A(DeletionRow, ID, id, id) F(DeletionRow, ID, log, log) F(DeletionRow, I64, log_no, log_no)              \
    F(DeletionRow, U32, display, display) F(DeletionRow, ID, unit, unit)                                     \
    F(DeletionRow, U8, scenario, scenario) F(DeletionRow, U16, ground, ground)                               \
    F(DeletionRow, U8, archive, archive) F(DeletionRow, ID, report, report)                                  \
    F(DeletionRow, HASH, report_hash, report_hash) F(DeletionRow, ID, requested_by, requested_by)            \
    F(DeletionRow, ID, ordered_by, ordered_by) F(DeletionRow, I64, ordered_at, ordered_at)                   \
    F(DeletionRow, ID, approved_by, approved_by) F(DeletionRow, I64, approved_at, approved_at)               \
    F(DeletionRow, ID, stopped_by, stopped_by) F(DeletionRow, I64, stopped_at, stopped_at)                   \
    F(DeletionRow, I64, purge_at, purge_at) F(DeletionRow, I64, purged_at, purged_at)                        \
    F(DeletionRow, I64, confirmed_at, confirmed_at) F(DeletionRow, I64, pause_ms, pause_ms)                  \
    F(DeletionRow, U32, version, version)

/* What an order has come to. Its certificate names nobody: roles, ids, times and numbers. */
#define CERTIFICATE(A, F)                                                                                    \
    A(CertificateRow, ID, id, id) F(CertificateRow, ID, log, log) F(CertificateRow, I64, paused_at, paused_at) \
    F(CertificateRow, I64, paused_ms, paused_ms) F(CertificateRow, U8, told, told)                           \
    F(CertificateRow, BLOB, removed, removed) F(CertificateRow, BLOB, body, body)                            \
    F(CertificateRow, BLOB, signature, signature) F(CertificateRow, U32, version, version)

#define REPORT(A, F)                                                                                         \
    A(ReportRow, ID, id, id) F(ReportRow, ID, log, log) F(ReportRow, I64, log_no, log_no)                    \
    F(ReportRow, ID, made_by, made_by) F(ReportRow, U8, made_role, made_role)                                \
    F(ReportRow, I64, made_at, made_at) F(ReportRow, HASH, content, content)                                 \
    F(ReportRow, HASH, sha256, sha256) F(ReportRow, I64, size, size) F(ReportRow, U32, parts, parts)         \
    F(ReportRow, I64, destroy_on, destroy_on) F(ReportRow, HASH_LATE, sealed_sha256, sealed_sha256)

/* A fact before its publication: nothing of it tells when it was written, or of what log. */
#define FACT(A, F)                                                                                           \
    A(FactRow, ID, id, id) F(FactRow, ID, found, found) F(FactRow, U16, period, period)                      \
    F(FactRow, U8, family, family) F(FactRow, BOOL, waits, waits) F(FactRow, BLOB, sealed, sealed)

#define FACT_ENTRY(A, F) A(FactEntryRow, ID, entry, entry) F(FactEntryRow, U16, kind, kind)

#define FROZEN_FACT(A, F)                                                                                    \
    A(FrozenFactRow, ID, id, id) F(FrozenFactRow, U32, publication, publication)                             \
    F(FrozenFactRow, U8, family, family) F(FrozenFactRow, U16, period, period)                               \
    F(FrozenFactRow, ID, unit, unit) F(FrozenFactRow, U16, category, category)                               \
    F(FrozenFactRow, U16, grade, grade) F(FrozenFactRow, U16, attention, attention)                          \
    F(FrozenFactRow, I64, from, from_day) F(FrozenFactRow, I64, to, to_day)                                  \
    F(FrozenFactRow, I64, on, on_day) F(FrozenFactRow, BLOB, actors, actors)

#define PUBLICATION(A, F)                                                                                    \
    A(PublicationRow, ID, id, id) F(PublicationRow, U32, number, number)                                     \
    F(PublicationRow, U16, first, first)                                                                     \
    F(PublicationRow, U16, period, period) F(PublicationRow, I64, published_at, published_at)                \
    F(PublicationRow, I64, facts, facts) F(PublicationRow, BLOB, units, units)                               \
    F(PublicationRow, BLOB, lists, lists)                                                                    \
    F(PublicationRow, HASH, frozen, frozen) F(PublicationRow, HASH, shown, shown)                            \
    F(PublicationRow, HASH, ledger, ledger) F(PublicationRow, HASH, certificates, certificates)

#define PUBLICATION_PART_OF(A, F)                                                                            \
    A(PublicationPartRow, ID, id, id) F(PublicationPartRow, ID, publication, publication)                    \
    F(PublicationPartRow, U8, kind, kind) F(PublicationPartRow, U32, part, part)                             \
    F(PublicationPartRow, BLOB, bytes, bytes)
#define PUBLICATION_SHOWN(A, F) PUBLICATION_PART_OF(A, F)
#define PUBLICATION_SECRET(A, F) PUBLICATION_PART_OF(A, F)

#define REPORT_ORDER(A, F)                                                                                   \
    A(ReportOrderRow, ID, id, id) F(ReportOrderRow, ID, log, log) F(ReportOrderRow, HASH, session, session)  \
    F(ReportOrderRow, ID, person, person) F(ReportOrderRow, U8, language, language)                          \
    F(ReportOrderRow, I64, ordered_at, ordered_at) F(ReportOrderRow, U32, tries, tries)                      \
    F(ReportOrderRow, U8, phase, phase) F(ReportOrderRow, U32, done, done)                                   \
    F(ReportOrderRow, U32, total, total) F(ReportOrderRow, U16, failed, failed)

#define MUNICIPALITY(A, F)                                                                                   \
    A(MunicipalityRow, ID, id, id) F(MunicipalityRow, TEXT, number, number)                                  \
    F(MunicipalityRow, TEXT, name, name) F(MunicipalityRow, U8, state, state)                                \
    F(MunicipalityRow, I64, created_at, created_at) F(MunicipalityRow, U32, version, version)

#define TRANSFER(A, F)                                                                                       \
    A(TransferRow, ID, id, id) F(TransferRow, ID, log, log) F(TransferRow, ID, from, from_unit)              \
    F(TransferRow, ID, to, to_unit) F(TransferRow, BLOB, units, units) F(TransferRow, U8, step, step)        \
    F(TransferRow, ID, proposed_by, proposed_by) F(TransferRow, I64, proposed_at, proposed_at)               \
    F(TransferRow, I64, on_at, on_at) F(TransferRow, ID, ended_by, ended_by)                                 \
    F(TransferRow, I64, ended_at, ended_at) F(TransferRow, I64, segment, segment)                            \
    F(TransferRow, HASH, hash, hash) F(TransferRow, U32, version, version)

#define CROSSING(A, F)                                                                                       \
    A(CrossingRow, ID, id, id) F(CrossingRow, U8, way, way) F(CrossingRow, ID, other, other)                 \
    F(CrossingRow, ID, log, log) F(CrossingRow, ID, unit, unit) F(CrossingRow, U8, step, step)               \
    F(CrossingRow, I64, proposed_at, proposed_at) F(CrossingRow, I64, on_at, on_at)                          \
    F(CrossingRow, TEXT, place, place) F(CrossingRow, ID, decided_by, decided_by)                            \
    F(CrossingRow, ID, holder, holder) F(CrossingRow, ID, taken_by, taken_by)                                \
    F(CrossingRow, I64, taken_at, taken_at) F(CrossingRow, HASH, hash, hash)                                 \
    F(CrossingRow, BLOB, done, done) F(CrossingRow, BLOB, sealed, sealed)                                    \
    F(CrossingRow, U32, version, version)

#define PARTNER(A, F)                                                                                        \
    A(PartnerRow, ID, id, id) F(PartnerRow, BLOB, card, card) F(PartnerRow, I64, known_at, known_at)         \
    F(PartnerRow, ID, known_by, known_by) F(PartnerRow, U32, version, version)

#define AUDIT_LINE(A, F)                                                                                     \
    A(AuditRow, I64, seq, seq) F(AuditRow, I64, line.at, at) F(AuditRow, ID, line.request, request)          \
    F(AuditRow, ID, line.person, person) F(AuditRow, U8, line.role, role) F(AuditRow, ID, line.unit, unit)   \
    F(AuditRow, U16, line.act, act) F(AuditRow, U8, line.object_kind, object_kind)                           \
    F(AuditRow, ID, line.object, object) F(AuditRow, U32, line.outcome, outcome)                             \
    F(AuditRow, U16, line.reason, reason) F(AuditRow, U32, line.amount, amount)                              \
    F(AuditRow, HASH, line.head, head) F(AuditRow, U32, changes, change_count)                               \
    F(AuditRow, HASH, previous, previous) F(AuditRow, HASH, hash, hash)

/* As a line stands, with what its work changed and the proof of its hash: whoever believes a line reads it whole (audit.h). */
#define AUDIT_PROVEN(A, F) AUDIT_LINE(A, F) F(AuditRow, BLOB, changed, changes) F(AuditRow, HASH, proof, proof)

#define HEAD_SIGNATURE(A, F)                                                                                 \
    A(HeadSignatureRow, I64, seq, seq) F(HeadSignatureRow, HASH, hash, hash)                                 \
    F(HeadSignatureRow, I64, at, at) F(HeadSignatureRow, BLOB, signature, signature)                         \
    F(HeadSignatureRow, BLOB, covers, covers)

/* Tables whose rows give power by themselves: the last column is the proof of those before it, a MAC under a key that no
 * database has. Nothing of a row counts before its proof is found good (codec.h). */
#define WITH_PROOF(LIST, A, F, Row) LIST(A, F) F(Row, HASH, proof, proof)
#define SETTING_PROVEN(A, F) WITH_PROOF(SETTING, A, F, SettingRow)
#define UNIT_PROVEN(A, F) WITH_PROOF(UNIT, A, F, UnitRow)
#define PERSON_PROVEN(A, F) WITH_PROOF(PERSON, A, F, PersonRow)
#define ROLE_PROVEN(A, F) WITH_PROOF(ROLE, A, F, RoleRow)
#define ENROLMENT_PROVEN(A, F) WITH_PROOF(ENROLMENT, A, F, EnrolmentRow)
#define SCOPE_KEY_PROVEN(A, F) WITH_PROOF(SCOPE_KEY, A, F, ScopeKeyRow)
#define INBOX_PROVEN(A, F) WITH_PROOF(INBOX, A, F, InboxRow)
#define MUNICIPALITY_PROVEN(A, F) WITH_PROOF(MUNICIPALITY, A, F, MunicipalityRow)
#define CERTIFICATE_PROVEN(A, F) WITH_PROOF(CERTIFICATE, A, F, CertificateRow)
#define DELETION_PROVEN(A, F) WITH_PROOF(DELETION, A, F, DeletionRow)
#define TRANSFER_PROVEN(A, F) WITH_PROOF(TRANSFER, A, F, TransferRow)
#define CROSSING_PROVEN(A, F) WITH_PROOF(CROSSING, A, F, CrossingRow)
#define PARTNER_PROVEN(A, F) WITH_PROOF(PARTNER, A, F, PartnerRow)
#define REPORT_PROVEN(A, F) WITH_PROOF(REPORT, A, F, ReportRow)
#define FACT_PROVEN(A, F) WITH_PROOF(FACT, A, F, FactRow)
#define PUBLICATION_PROVEN(A, F) WITH_PROOF(PUBLICATION, A, F, PublicationRow)
#define PUBLICATION_SHOWN_PROVEN(A, F) WITH_PROOF(PUBLICATION_SHOWN, A, F, PublicationPartRow)
#define PUBLICATION_SECRET_PROVEN(A, F) WITH_PROOF(PUBLICATION_SECRET, A, F, PublicationPartRow)
#define REPORT_ORDER_PROVEN(A, F) WITH_PROOF(REPORT_ORDER, A, F, ReportOrderRow)
#define SESSION_PROVEN(A, F) WITH_PROOF(SESSION, A, F, SessionRow)
#define FORM_KEY_PROVEN(A, F) WITH_PROOF(FORM_KEY, A, F, FormKeyRow)
#define DRAFT_PROVEN(A, F) WITH_PROOF(DRAFT, A, F, DraftRow)
#define BACKOFF_PROVEN(A, F) WITH_PROOF(BACKOFF, A, F, BackoffRow)
#define JOB_PROVEN(A, F) WITH_PROOF(JOB, A, F, JobRow)
#define BLIND_REQUEST_PROVEN(A, F) WITH_PROOF(BLIND_REQUEST, A, F, BlindRequestRow)
#define INVITATION_PROVEN(A, F) WITH_PROOF(INVITATION, A, F, InvitationRow)
#define INVITED_PROVEN(A, F) WITH_PROOF(INVITED, A, F, InvitedRow)
#define SILENCE_PROVEN(A, F) WITH_PROOF(SILENCE, A, F, SilenceRow)
#define OUTBOX_PROVEN(A, F) WITH_PROOF(OUTBOX, A, F, OutboxRow)

/* Tables whose every change hangs on an audit line. name, number (in the chain for ever), table, columns, all of them with the
 * proof where there is one, key, type of key.
 * A new row stands at the end, with the next number: the statements are counted from it. */
#define TRACKED(X)                                                                    \
    X(SETTING, 0, "setting", SETTING, SETTING_PROVEN, "name", "t")                    \
    X(UNIT, 1, "unit", UNIT, UNIT_PROVEN, "id", "b")                                  \
    X(PERSON, 2, "person", PERSON_CHAINED, PERSON_PROVEN, "id", "b")                  \
    X(ROLE, 3, "role", ROLE, ROLE_PROVEN, "id", "b")                                  \
    X(ENROLMENT, 4, "enrolment", ENROLMENT, ENROLMENT_PROVEN, "code_hash", "b")       \
    X(SCOPE_KEY, 5, "scope_key", SCOPE_KEY, SCOPE_KEY_PROVEN, "scope", "b")           \
    X(LOG, 6, "log", LOG, LOG, "id", "b")                                             \
    X(ENTRY, 7, "entry", ENTRY, ENTRY, "id", "b")                                     \
    X(PARTICIPANT, 8, "participant", PARTICIPANT, PARTICIPANT, "id", "b")             \
    X(CONSENT, 9, "consent", CONSENT, CONSENT, "id", "b")                             \
    X(CONSENT_UNIT, 10, "consent_unit", CONSENT_UNIT, CONSENT_UNIT, "id", "b")        \
    X(DOCUMENT, 11, "document", DOCUMENT_PLAIN, DOCUMENT_PLAIN, "id", "b")            \
    X(INBOX, 12, "inbox", INBOX, INBOX_PROVEN, "id", "b")                             \
    X(MUNICIPALITY, 13, "municipality", MUNICIPALITY, MUNICIPALITY_PROVEN, "id", "b") \
    X(DELETION, 14, "deletion", DELETION, DELETION_PROVEN, "id", "b")                 \
    X(TRANSFER, 15, "transfer", TRANSFER, TRANSFER_PROVEN, "id", "b") \
    X(CERTIFICATE, 16, "certificate", CERTIFICATE, CERTIFICATE_PROVEN, "id", "b")     \
    X(REPORT, 17, "report", REPORT, REPORT_PROVEN, "id", "b")                         \
    X(PUBLICATION, 18, "publication", PUBLICATION, PUBLICATION_PROVEN, "id", "b")     \
    X(PUBLICATION_SHOWN, 19, "publication_shown", PUBLICATION_SHOWN, PUBLICATION_SHOWN_PROVEN, "id", "b") \
    X(PUBLICATION_SECRET, 20, "publication_secret", PUBLICATION_SECRET, PUBLICATION_SECRET_PROVEN, "id", "b") \
    X(CROSSING, 21, "crossing", CROSSING, CROSSING_PROVEN, "id", "b") \
    X(PARTNER, 22, "partner", PARTNER, PARTNER_PROVEN, "id", "b")

/* Proven, but in no chain: name, number (in the proofs), table, columns, the same with the proof, key, type of key. */
#define PROVEN_ALONE(X)                                                                        \
    X(SESSION, 64, "session", SESSION, SESSION_PROVEN, "token_hash", "b")                      \
    X(FORM_KEY, 65, "form_key", FORM_KEY, FORM_KEY_PROVEN, "hash", "b")                        \
    X(DRAFT, 66, "draft", DRAFT, DRAFT_PROVEN, "id", "b")                                      \
    X(BACKOFF, 67, "backoff", BACKOFF, BACKOFF_PROVEN, "account", "b")                         \
    X(JOB, 68, "job", JOB, JOB_PROVEN, "name", "t")                                            \
    X(BLIND_REQUEST, 69, "blind_request", BLIND_REQUEST, BLIND_REQUEST_PROVEN, "id", "b")       \
    X(INVITATION, 70, "invitation", INVITATION, INVITATION_PROVEN, "id", "b")                  \
    X(INVITED, 71, "invited", INVITED, INVITED_PROVEN, "id", "b")                           \
    X(SILENCE, 72, "silence", SILENCE, SILENCE_PROVEN, "person", "b")                          \
    X(OUTBOX, 73, "outbox", OUTBOX, OUTBOX_PROVEN, "id", "b")                                  \
    X(REPORT_ORDER, 74, "report_order", REPORT_ORDER, REPORT_ORDER_PROVEN, "id", "b")           \
    X(FACT, 75, "fact", FACT, FACT_PROVEN, "id", "b")

#define X(name, number, table, columns, proven, key, key_type) TABLE_##name = (number),
enum table { TRACKED(X) TABLE_COUNT, PROVEN_ALONE(X) TABLE_LIMIT };
#undef X

/* Column names ("id","unit") and column types ("bi") out of a list. */
#define NAME_FIRST(Row, type, field, column) "\"" #column "\""
#define NAME_NEXT(Row, type, field, column) ",\"" #column "\""
#define NAMES(LIST) LIST(NAME_FIRST, NAME_NEXT)
/* The same of a table that stands beside another in a statement. */
#define NAME_IN_LOG(Row, type, field, column) "log.\"" #column "\","
#define NAME_IN_LINE(Row, type, field, column) ",line.\"" #column "\""
#define LETTER_ID "b"
#define LETTER_HASH "b"
#define LETTER_HASH_LATE "B"
#define LETTER_BLOB "b"
#define LETTER_BLOB_NULL "B"
#define LETTER_TEXT "t"
#define LETTER_I64 "i"
#define LETTER_U63 "i"
#define LETTER_I64_LATE "i"
#define LETTER_U32 "i"
#define LETTER_U16 "i"
#define LETTER_U8 "i"
#define LETTER_BOOL "i"
#define LETTER_OF(Row, type, field, column) LETTER_##type
#define LETTERS(LIST) LIST(LETTER_OF, LETTER_OF)

#endif
