/* The table of clocks as Markdown.
 * Must not hold a rule.
 * Called by the command `policy clocks`, and by its golden test. */
#include "domain/clocks_print.h"

#include "domain/clocks.h"
#include "domain/roles.h"

static void print_length(Buf *buf, const ClockRow *row)
{
    static const char *const units[] = {
        [CLOCK_DAYS] = "day", [CLOCK_HOURS] = "hour", [CLOCK_MONTHS] = "month", [CLOCK_YEARS] = "year"};

    if (row->set)
        buf_format(buf, "%s`%s`", row->length == 2 ? "twice " : "", setting_rule(row->setting).code);
    else if (row->length != 0)
        buf_format(buf, "%d %s%s", row->length, units[row->unit], row->length == 1 ? "" : "s");
    if (row->graced)
        buf_format(buf, ", `%s` more", setting_rule(SETTING_CONSENT_GRACE).code);
    if (row->shift < 0)
        buf_format(buf, "%s%d days before", row->set || row->length ? ", " : "", -row->shift);
    if (row->shift > 0)
        buf_format(buf, "%s%d %s more", row->set || row->length ? ", " : "", row->shift, row->shift == 1 ? "day" : "days");
    if (row->every > 0)
        buf_format(buf, ", and every %d days", row->every);
}

static void print_flags(Buf *buf, const char *word, Flags flags)
{
    for (unsigned bit = 0; bit < FLAG_COUNT; bit++)
        if (flags & FLAG_AT(bit))
            buf_format(buf, "; %s %s", word, flag_code((enum flag_bit)bit));
}

static const char *const starts[] = {
#define X(name, words) [START_OF_##name] = (words),
    CLOCK_STARTS(X)
#undef X
};

static void print_ends(Buf *buf, uint32_t ends)
{
    for (unsigned start = 0; start < CLOCK_START_COUNT; start++)
        if (ends & 1u << start)
            buf_format(buf, "; until %s", starts[start]);
}

static void print_while(Buf *buf, const ClockRow *row)
{
    bool first = true;

    for (unsigned state = 1; state < STATE_COUNT; state++) {
        if (!(row->states & 1u << state))
            continue;
        buf_format(buf, "%s%s", first ? "" : ", ", state_code((State)state));
        first = false;
    }
    print_flags(buf, "with", row->needs);
    print_flags(buf, "still under", row->stills);
    print_ends(buf, row->ends);
    if (row->before != CLOCK_NONE)
        buf_format(buf, "; before `%s`", clock_code(row->before));
}

static void print_closing(Buf *buf, const ClockRow *row)
{
    static const char *const closings[] = {
#define X(name, number) [number] = #name,
        CLOSINGS(X)
#undef X
    };

    if (row->closes == CLOSING_NONE)
        return;
    buf_format(buf, "passive: %s", closings[row->closes]);
    for (unsigned bit = 0; bit < FLAG_COUNT; bit++)
        if (row->unless & FLAG_AT(bit))
            buf_format(buf, ", unless %s", flag_code((enum flag_bit)bit));
}

static void print_roles(Buf *buf, uint32_t roles)
{
    bool first = true;

    for (unsigned role = 1; role < ROLE_COUNT; role++) {
        if (!(roles & 1u << role))
            continue;
        buf_format(buf, "%s%s", first ? "" : " ", role_short((Role)role));
        first = false;
    }
}

void clocks_print(Buf *buf)
{
    buf_add(buf, STR("| clock | starts with | falls due after | what | for | the log becomes | while | stopped by |\n"
                     "|---|---|---|---|---|---|---|---|\n"));
    for (ClockId clock = CLOCK_NONE + 1; clock < CLOCK_COUNT; clock++) {
        const ClockRow *row = clock_row(clock);
        buf_format(buf, "| %s | %s | ", clock_code(clock), starts[row->start]);
        print_length(buf, row);
        buf_format(buf, " | %s | ", row->due);
        print_roles(buf, row->roles);
        buf_add(buf, STR(" | "));
        print_closing(buf, row);
        buf_add(buf, STR(" | "));
        print_while(buf, row);
        buf_format(buf, " | %s |\n", row->stops ? row->stops : "");
    }
}
