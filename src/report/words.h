/* What stands in a report, in words of its language.
 * Must not hold a text itself: the catalogue does.
 * Used by message and content. */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include "report/report.h"
#include "text/text.h"

/* What is put into words, in which language; words live in keep. */
typedef struct Wording {
    const Report *report;
    enum language language;
    Arena *keep;
} Wording;

/* The text of "prefix.code". */
MUST_USE Err report_word(enum language language, const char *prefix, const char *code, Arena *keep, Str *ret_word);
MUST_USE Err report_id_text(Id id, Arena *keep, Str *ret_text);
/* "23. november 2026 kl. 14.05"; empty for 0. */
MUST_USE Err report_moment(enum language language, int64_t ms, Arena *keep, Str *ret_words);
MUST_USE Err report_day(enum language language, Day day, Arena *keep, Str *ret_words);
/* A code of a list, as it stands in a field. */
MUST_USE Err report_code(enum language language, CodeList list, Str code, Arena *keep, Str *ret_text);
/* The label of a field, and what stands in it: names for references, words for codes. Empty text for what only the system needs. */
MUST_USE Err report_label(enum language language, const Kind *kind, const Field *field, Arena *keep, Str *ret_label);
MUST_USE Err report_field(const Wording *wording, const Values *values, unsigned at, Str *ret_text);
/* What an entry is called: its kind, and its title where it has one. */
MUST_USE Err report_title(const Wording *wording, const ReportEntry *entry, Str *ret_title);

#endif
