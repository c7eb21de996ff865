/* What the API answers, member by member.
 * Must not hold a member that write.c or problem.c does not write.
 * Read by openapi.c. */
#include "api/shapes.h"

#include "base/err.h"

static const Member session_members[] = {
    {.name = "municipality", .type = MEMBER_TEXT},
    {.name = "number", .type = MEMBER_TEXT, .about = "Of the municipality: four digits."},
    {.name = "role", .type = MEMBER_TEXT, .optional = true, .about = "Left out until a role is chosen at /rolle."},
    {.name = "language", .type = MEMBER_TEXT},
    {.name = "form_token", .type = MEMBER_TEXT,
     .about = "For the header Form-Token of one change. The same change sent again with the same token is carried out once."},
};

#define SUMMARY_MEMBERS                                                                                              \
    {.name = "id", .type = MEMBER_ID},                                                                               \
    {.name = "number", .type = MEMBER_TEXT, .about = "Of the log: eight digits."},                                   \
    {.name = "state", .type = MEMBER_TEXT, .about = "closed: who asks took part, and has no access now."},           \
    {.name = "stub", .type = MEMBER_YES_NO, .about = "True where only the stub may be seen: id, number, state, unit."}, \
    {.name = "unit", .type = MEMBER_TEXT, .optional = true},                                                         \
    {.name = "child_name", .type = MEMBER_TEXT, .optional = true},                                                   \
    {.name = "level", .type = MEMBER_NUMBER, .optional = true},                                                      \
    {.name = "next_step", .type = MEMBER_TEXT, .optional = true},                                                    \
    {.name = "next_due", .type = MEMBER_DAY, .optional = true}

static const Member logs_members[] = {
    {.name = "logs", .type = MEMBER_LIST, .ref = "log_summary"},
};

static const Member summary_members[] = {
    SUMMARY_MEMBERS,
    {.name = "relation", .type = MEMBER_TEXT, .about = "As what the reader takes part: a role."},
};

static const Member log_members[] = {
    SUMMARY_MEMBERS,
    {.name = "deletion_ordered_at", .type = MEMBER_MOMENT, .optional = true, .about = "Of a stub: the log is to be deleted."},
    {.name = "deletion_approved_at", .type = MEMBER_MOMENT, .optional = true, .about = "T0; left out until somebody has approved it."},
    {.name = "purge_at", .type = MEMBER_MOMENT, .optional = true, .about = "When the deletion begins; it can be stopped until then."},
    {.name = "child", .type = MEMBER_VALUES, .optional = true, .about = "Never with the national id."},
    {.name = "people", .type = MEMBER_LIST, .ref = "person", .optional = true},
    {.name = "consents", .type = MEMBER_LIST, .ref = "consent", .optional = true},
    {.name = "entries", .type = MEMBER_LIST, .ref = "entry", .optional = true, .about = "The newest version of each."},
    {.name = "may_write", .type = MEMBER_TEXTS, .optional = true, .about = "Kinds that the reader may write here now."},
    {.name = "seen", .type = MEMBER_LIST, .ref = "seen", .optional = true, .about = "The newest openings."},
};

static const Member person_members[] = {
    {.name = "participant", .type = MEMBER_ID, .about = "What fields of people in entries refer to."},
    {.name = "role", .type = MEMBER_TEXT},
    {.name = "name", .type = MEMBER_TEXT, .optional = true},
    {.name = "unit", .type = MEMBER_TEXT, .optional = true},
    {.name = "from", .type = MEMBER_MOMENT},
    {.name = "to", .type = MEMBER_MOMENT, .optional = true},
    {.name = "relationship", .type = MEMBER_TEXT, .optional = true},
    {.name = "phone", .type = MEMBER_TEXT, .optional = true},
    {.name = "email", .type = MEMBER_TEXT, .optional = true},
};

static const Member consent_members[] = {
    {.name = "guardian", .type = MEMBER_TEXT, .optional = true},
    {.name = "given_on", .type = MEMBER_DAY, .optional = true},
    {.name = "method", .type = MEMBER_TEXT, .optional = true},
    {.name = "valid_to", .type = MEMBER_DAY, .optional = true},
    {.name = "withdrawn", .type = MEMBER_YES_NO},
    {.name = "left", .type = MEMBER_YES_NO}, /* the giver takes no part any more: it counts no longer */
    {.name = "units", .type = MEMBER_TEXTS},
};

static const Member consents_members[] = {
    {.name = "given", .type = MEMBER_LIST, .ref = "consent_given"},
    {.name = "withdrawals", .type = MEMBER_LIST, .ref = "consent_withdrawal"},
};

static const Member consent_given_members[] = {
    {.name = "guardian", .type = MEMBER_TEXT, .optional = true},
    {.name = "given_on", .type = MEMBER_DAY, .optional = true},
    {.name = "method", .type = MEMBER_TEXT, .optional = true},
    {.name = "valid_to", .type = MEMBER_DAY, .optional = true},
    {.name = "withdrawn", .type = MEMBER_YES_NO},
    {.name = "left", .type = MEMBER_YES_NO},
    {.name = "units", .type = MEMBER_TEXTS, .about = "That it names still."},
    {.name = "good", .type = MEMBER_YES_NO, .about = "It counts today: the newest of its giver, not withdrawn, not over."},
    {.name = "named", .type = MEMBER_TEXTS, .about = "The units that it named when it was given."},
};

static const Member consent_withdrawal_members[] = {
    {.name = "at", .type = MEMBER_MOMENT, .about = "When it took effect."},
    {.name = "guardian", .type = MEMBER_TEXT, .optional = true},
    {.name = "on", .type = MEMBER_DAY, .about = "When they said so."},
    {.name = "method", .type = MEMBER_TEXT, .optional = true, .about = "How, where somebody recorded it; left out for the app."},
    {.name = "of", .type = MEMBER_TEXT, .about = "1: the whole; 2: one service."},
    {.name = "unit", .type = MEMBER_TEXT, .optional = true},
    {.name = "by", .type = MEMBER_TEXT, .optional = true, .about = "Who did it, or recorded it."},
    {.name = "role", .type = MEMBER_TEXT},
};

static const Member entry_members[] = {
    {.name = "id", .type = MEMBER_ID},
    {.name = "kind", .type = MEMBER_TEXT},
    {.name = "version", .type = MEMBER_NUMBER, .about = "1 for the first; each correction and the removal adds one."},
    {.name = "at", .type = MEMBER_MOMENT},
    {.name = "author", .type = MEMBER_OBJECT, .ref = "author", .about = "Who wrote the entry first, on every version."},
    {.name = "written_at", .type = MEMBER_MOMENT, .optional = true, .about = "When they did, on a later version."},
    {.name = "changed_by", .type = MEMBER_OBJECT, .ref = "author", .optional = true,
     .about = "Who wrote this version, where that is another, or removed it."},
    {.name = "removed", .type = MEMBER_YES_NO},
    {.name = "reason", .type = MEMBER_TEXT, .optional = true, .about = "Why it was removed."},
    {.name = "values", .type = MEMBER_VALUES, .optional = true,
     .about = "The document of this kind: changed and sent to the entry's address it is a correction."},
    {.name = "may", .type = MEMBER_TEXTS, .optional = true,
     .about = "Inside a log: correct, remove, evaluate. Decided again on use."},
};

static const Member author_members[] = {
    {.name = "name", .type = MEMBER_TEXT, .optional = true},
    {.name = "role", .type = MEMBER_TEXT},
    {.name = "former", .type = MEMBER_YES_NO, .about = "Does not take part any more."},
};

static const Member passive_members[] = {
    {.name = "logs", .type = MEMBER_LIST, .ref = "passive_log"},
    {.name = "before", .type = MEMBER_TEXT, .optional = true, .about = "Asks for the next page."},
};

static const Member passive_log_members[] = {
    {.name = "id", .type = MEMBER_ID},
    {.name = "number", .type = MEMBER_TEXT, .about = "Of the log: eight digits."},
    {.name = "unit", .type = MEMBER_TEXT, .optional = true},
    {.name = "child_name", .type = MEMBER_TEXT, .optional = true, .about = "Not for an administrator."},
    {.name = "passive_since", .type = MEMBER_DAY},
    {.name = "next", .type = MEMBER_TEXT, .optional = true, .about = "What comes next: a code of the table `stafettlogg policy clocks`."},
    {.name = "next_on", .type = MEMBER_DAY, .optional = true},
};

static const Member deletions_members[] = {
    {.name = "deletions", .type = MEMBER_LIST, .ref = "deletion"},
    {.name = "before", .type = MEMBER_TEXT, .optional = true, .about = "Asks for the next page."},
};

static const Member deletion_members[] = {
    {.name = "log", .type = MEMBER_ID},
    {.name = "number", .type = MEMBER_TEXT, .about = "Of the log: eight digits."},
    {.name = "unit", .type = MEMBER_TEXT, .optional = true},
    {.name = "cause", .type = MEMBER_NUMBER, .about = "By which way it came to its end: of the list deletion_cause."},
    {.name = "archive", .type = MEMBER_NUMBER, .about = "What becomes of the content: of the list archive."},
    {.name = "ground", .type = MEMBER_NUMBER, .optional = true, .about = "Why nothing of it is archived: of the list archive_ground."},
    {.name = "ordered_by", .type = MEMBER_TEXT, .optional = true},
    {.name = "ordered_at", .type = MEMBER_MOMENT},
    {.name = "approved_at", .type = MEMBER_MOMENT, .optional = true, .about = "T0; left out until somebody has approved it."},
    {.name = "purge_at", .type = MEMBER_MOMENT, .optional = true, .about = "When the deletion begins; it can be stopped until then."},
    {.name = "may_approve", .type = MEMBER_YES_NO, .about = "The reader may, as it stands. Decided again on use."},
    {.name = "stop_asked", .type = MEMBER_YES_NO, .about = "Somebody of the family asks that it be stopped."},
};

static const Member certificates_members[] = {
    {.name = "certificates", .type = MEMBER_LIST, .ref = "deleted_log"},
    {.name = "before", .type = MEMBER_TEXT, .optional = true, .about = "Asks for the next page."},
};

static const Member deleted_log_members[] = {
    {.name = "log", .type = MEMBER_ID},
    {.name = "number", .type = MEMBER_TEXT, .about = "Of the log: eight digits."},
    {.name = "unit", .type = MEMBER_TEXT, .optional = true},
    {.name = "cause", .type = MEMBER_NUMBER, .about = "By which way it came to its end: of the list deletion_cause."},
    {.name = "archive", .type = MEMBER_NUMBER, .about = "What became of the content: of the list archive."},
    {.name = "ordered_at", .type = MEMBER_MOMENT},
    {.name = "approved_at", .type = MEMBER_MOMENT, .about = "T0."},
    {.name = "purged_at", .type = MEMBER_MOMENT, .about = "T1."},
    {.name = "last_on", .type = MEMBER_DAY, .about = "T2: the last day on which a backup can show it."},
    {.name = "confirmed_at", .type = MEMBER_MOMENT, .optional = true, .about = "When the last such backup had died."},
};

static const Member inbox_members[] = {
    {.name = "notices", .type = MEMBER_LIST, .ref = "notice"},
    {.name = "unread", .type = MEMBER_NUMBER, .about = "Of all pages."},
    {.name = "silenced", .type = MEMBER_TEXTS, .about = "What the reader does not want to be told: left out everywhere."},
    {.name = "before", .type = MEMBER_TEXT, .optional = true, .about = "Asks for the page of older ones."},
};

static const Member notice_members[] = {
    {.name = "id", .type = MEMBER_ID},
    {.name = "notice", .type = MEMBER_TEXT, .about = "A code of the table `stafettlogg policy notices`."},
    {.name = "task", .type = MEMBER_YES_NO, .about = "Something is to be done."},
    {.name = "waits", .type = MEMBER_YES_NO, .about = "And it is not done: its cause is there still."},
    {.name = "unread", .type = MEMBER_YES_NO},
    {.name = "at", .type = MEMBER_MOMENT, .about = "When it was told."},
    {.name = "due", .type = MEMBER_MOMENT, .optional = true, .about = "When what it tells fell due."},
    {.name = "log", .type = MEMBER_ID, .optional = true, .about = "Left out where the reader may not know of it now."},
    {.name = "child_name", .type = MEMBER_TEXT, .optional = true, .about = "Where the reader may see it now."},
};

static const Member transfers_members[] = {
    {.name = "asked", .type = MEMBER_LIST, .ref = "log_transfer", .about = "Of a manager: what waits for their answer."},
    {.name = "left", .type = MEMBER_LIST, .ref = "log_transfer", .about = "Given away by one's unit, which reads its part still."},
};

static const Member log_transfer_members[] = {
    {.name = "log", .type = MEMBER_ID, .optional = true, .about = "Of one within the municipality."},
    {.name = "transfer", .type = MEMBER_ID, .optional = true, .about = "Of one that comes from another municipality: what is answered."},
    {.name = "unit", .type = MEMBER_TEXT, .about = "The other unit, by name."},
    {.name = "at", .type = MEMBER_MOMENT, .about = "When it was proposed, or done."},
    {.name = "on", .type = MEMBER_DAY, .about = "The day for which it was proposed."},
    {.name = "until", .type = MEMBER_DAY, .about = "The last day on which it may be answered, or read."},
    {.name = "number", .type = MEMBER_NUMBER, .optional = true, .about = "The log's, of one that was given away."},
};

static const Member blind_requests_members[] = {
    {.name = "sent", .type = MEMBER_LIST, .ref = "asked_for", .about = "By one's own unit, the newest first."},
    {.name = "met", .type = MEMBER_LIST, .ref = "asked_for",
     .about = "Those that met a log of one's own unit; for an administrator of the municipality."},
};

static const Member asked_for_members[] = {
    {.name = "at", .type = MEMBER_MOMENT},
    {.name = "closes_on", .type = MEMBER_DAY, .about = "Closed from this day on, without saying why."},
    {.name = "open", .type = MEMBER_YES_NO},
    {.name = "reason", .type = MEMBER_TEXT, .about = "A code of blind_reason."},
    {.name = "unit", .type = MEMBER_TEXT, .about = "Of whom it is."},
    {.name = "log", .type = MEMBER_ID, .optional = true, .about = "Only among those that met one."},
};

static const Member archive_reports_members[] = {
    {.name = "reports", .type = MEMBER_LIST, .ref = "archive_report", .about = "Of one log at most one, the newest."},
    {.name = "ordered_at", .type = MEMBER_MOMENT, .optional = true,
     .about = "Of one long log: another report is ordered, and not there yet. An act that only ordered it was answered with 202."},
    {.name = "phase", .type = MEMBER_NUMBER, .optional = true, .about = "0 while it waits, then a code of report_phase."},
    {.name = "done", .type = MEMBER_NUMBER, .optional = true, .about = "Of the phase."},
    {.name = "total", .type = MEMBER_NUMBER, .optional = true},
    {.name = "failed", .type = MEMBER_NUMBER, .optional = true,
     .about = "A code of report_failed: it could not be made, and is not tried again unless it is ordered again."},
};

static const Member archive_report_members[] = {
    {.name = "log", .type = MEMBER_ID},
    {.name = "number", .type = MEMBER_NUMBER, .about = "The log's."},
    {.name = "made_at", .type = MEMBER_MOMENT},
    {.name = "size", .type = MEMBER_NUMBER, .about = "Of the file, in bytes."},
    {.name = "sha256", .type = MEMBER_TEXT, .about = "Of the file."},
    {.name = "content", .type = MEMBER_TEXT, .about = "Hash of what it was made of."},
    {.name = "is_new", .type = MEMBER_YES_NO, .about = "It tells all that stands in the log; of a log that lives."},
    {.name = "gone_on", .type = MEMBER_DAY, .optional = true, .about = "Of a log that is deleted: the day on which it is removed."},
    {.name = "backups_gone_on", .type = MEMBER_DAY, .optional = true},
};

static const Member statistics_members[] = {
    {.name = "publication", .type = MEMBER_OBJECT, .ref = "publication", .optional = true, .about = "Left out before the first."},
    {.name = "next_on", .type = MEMBER_DAY, .about = "When the next publication comes."},
    {.name = "view", .type = MEMBER_TEXT, .about = "attentions, measures or outcomes."},
    {.name = "figures", .type = MEMBER_LIST, .ref = "figure", .about = "Table by table; the last row of a table is its total, but for quarters of all years."},
};

static const Member publication_members[] = {
    {.name = "number", .type = MEMBER_NUMBER},
    {.name = "published_at", .type = MEMBER_MOMENT},
    {.name = "up_to", .type = MEMBER_TEXT, .about = "The last quarter that is counted, as 2025-4."},
};

static const Member figure_members[] = {
    {.name = "table", .type = MEMBER_TEXT, .about = "headline, categories, values, years or quarters."},
    {.name = "category", .type = MEMBER_TEXT, .optional = true, .about = "A code, 0 for not stated; left out for all of them."},
    {.name = "period", .type = MEMBER_TEXT, .about = "A year (2025), a quarter (2025-2), or all whole years (all)."},
    {.name = "by", .type = MEMBER_TEXT, .optional = true, .about = "unit, severity, outcome or attention; left out for the municipality."},
    {.name = "unit", .type = MEMBER_ID, .optional = true},
    {.name = "unit_name", .type = MEMBER_TEXT, .optional = true},
    {.name = "value", .type = MEMBER_TEXT, .optional = true, .about = "A code of what by names, 0 for not stated."},
    {.name = "state", .type = MEMBER_TEXT, .about = "shown, masked (one word for every reason) or unavailable."},
    {.name = "count", .type = MEMBER_NUMBER, .optional = true, .about = "Of registrations; only where it is shown."},
    {.name = "percent", .type = MEMBER_NUMBER, .optional = true, .about = "Whole, of a total that is shown."},
};

static const Member seen_list_members[] = {
    {.name = "seen", .type = MEMBER_LIST, .ref = "seen"},
    {.name = "before", .type = MEMBER_NUMBER, .optional = true, .about = "For the page of older ones."},
};

static const Member seen_members[] = {
    {.name = "at", .type = MEMBER_MOMENT, .about = "When the opening began."},
    {.name = "name", .type = MEMBER_TEXT, .optional = true},
    {.name = "role", .type = MEMBER_TEXT},
    {.name = "act", .type = MEMBER_TEXT, .about = "The first of what was done."},
    {.name = "acts", .type = MEMBER_TEXTS, .about = "All that the same person did within half an hour."},
    {.name = "reason", .type = MEMBER_TEXT, .optional = true},
    {.name = "anew", .type = MEMBER_YES_NO, .optional = true,
     .about = "In the whole list: the account had been taken into use anew, with a one-time code, not long before."},
};

static const Member copy_members[] = {
    {.name = "made_at", .type = MEMBER_MOMENT},
    SUMMARY_MEMBERS,
    {.name = "child", .type = MEMBER_VALUES, .about = "Never with the national id."},
    {.name = "people", .type = MEMBER_LIST, .ref = "person"},
    {.name = "consents", .type = MEMBER_LIST, .ref = "consent"},
    {.name = "entries", .type = MEMBER_LIST, .ref = "entry", .about = "The newest version of each."},
};

static const Member history_members[] = {
    {.name = "versions", .type = MEMBER_LIST, .ref = "entry", .about = "The newest first."},
};

static const Member written_members[] = {
    {.name = "id", .type = MEMBER_ID, .about = "Of the entry, or of the log that the act was about; its address stands in Location."},
};

static const Member code_members[] = {
    {.name = "id", .type = MEMBER_ID, .about = "Of the log."},
    {.name = "code", .type = MEMBER_TEXT, .optional = true, .about = "To be handed over in person; told this once."},
};

static const Member invitations_members[] = {{.name = "invitations", .type = MEMBER_LIST, .ref = "invitation"}};

static const Member invitation_members[] = {
    {.name = "id", .type = MEMBER_ID},
    {.name = "made_at", .type = MEMBER_MOMENT},
    {.name = "until", .type = MEMBER_DAY, .about = "The last day on which it may be answered."},
    {.name = "persons", .type = MEMBER_NUMBER, .about = "Who must say yes."},
    {.name = "complete", .type = MEMBER_YES_NO, .about = "All have; nothing is told before of who has answered, or what."},
    {.name = "log", .type = MEMBER_ID, .optional = true, .about = "That the guardian is to join; left out where the log is made of it."},
    {.name = "units", .type = MEMBER_TEXTS, .about = "Who would take part, the unit that asks first."},
};

static const Member invitation_made_members[] = {
    {.name = "id", .type = MEMBER_ID},
    {.name = "codes", .type = MEMBER_TEXTS, .optional = true, .about = "One for each person, told this once."},
};

static const Member questions_members[] = {{.name = "questions", .type = MEMBER_LIST, .ref = "question"}};

static const Member question_members[] = {
    {.name = "id", .type = MEMBER_ID},
    {.name = "until", .type = MEMBER_DAY, .about = "The last day on which it may be answered."},
    {.name = "persons", .type = MEMBER_NUMBER, .about = "Who must say yes."},
    {.name = "said", .type = MEMBER_YES_NO, .about = "One's own yes stands."},
    {.name = "units", .type = MEMBER_TEXTS, .about = "Who would take part, the unit that asks first."},
};

static const Member problem_members[] = {
    {.name = "type", .type = MEMBER_TEXT, .about = "about:blank: each status has one meaning."},
    {.name = "title", .type = MEMBER_TEXT},
    {.name = "status", .type = MEMBER_NUMBER},
    {.name = "detail", .type = MEMBER_TEXT},
    {.name = "errors", .type = MEMBER_LIST, .ref = "field_error", .optional = true},
    {.name = "newest", .type = MEMBER_OBJECT, .ref = "entry", .optional = true,
     .about = "With 412: the version that stands there now."},
};

static const Member field_error_members[] = {
    {.name = "field", .type = MEMBER_TEXT},
    {.name = "code", .type = MEMBER_TEXT, .about = "missing, too_long, bad_date ..."},
    {.name = "detail", .type = MEMBER_TEXT, .about = "For people, in their language."},
};

#define SHAPE(text, table) {.name = text, .members = table##_members, .count = COUNT_OF(table##_members)}

const Shape api_shapes[] = {
    SHAPE("session", session),
    SHAPE("logs", logs),
    SHAPE("log_summary", summary),
    SHAPE("log", log),
    SHAPE("person", person),
    SHAPE("consent", consent),
    SHAPE("consents", consents),
    SHAPE("consent_given", consent_given),
    SHAPE("consent_withdrawal", consent_withdrawal),
    SHAPE("entry", entry),
    SHAPE("author", author),
    SHAPE("passive", passive),
    SHAPE("passive_log", passive_log),
    SHAPE("deletions", deletions),
    SHAPE("deletion", deletion),
    SHAPE("certificates", certificates),
    SHAPE("deleted_log", deleted_log),
    SHAPE("inbox", inbox),
    SHAPE("blind_requests", blind_requests),
    SHAPE("transfers", transfers),
    SHAPE("log_transfer", log_transfer),
    SHAPE("asked_for", asked_for),
    SHAPE("notice", notice),
    SHAPE("archive_reports", archive_reports),
    SHAPE("archive_report", archive_report),
    SHAPE("seen_list", seen_list),
    SHAPE("seen", seen),
    SHAPE("copy", copy),
    SHAPE("history", history),
    SHAPE("written", written),
    SHAPE("code", code),
    SHAPE("invitations", invitations),
    SHAPE("invitation", invitation),
    SHAPE("invitation_made", invitation_made),
    SHAPE("questions", questions),
    SHAPE("question", question),
    SHAPE("statistics", statistics),
    SHAPE("publication", publication),
    SHAPE("figure", figure),
    SHAPE("problem", problem),
    SHAPE("field_error", field_error),
};
const size_t api_shape_count = COUNT_OF(api_shapes);
