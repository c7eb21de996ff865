/* What stands around a number or an address where it was copied is taken off; the rest must be one.
 * Must not guess: two addresses, or words beside a number, are refused.
 * Called by fields.c. */
#include "domain/pasted.h"

#include "base/clean.h"

#define EMAIL_STOPS STR("<>()[]\\,;:\" \t")
#define LINK_ESCAPED STR(" \"<>^`{|}")
#define HTTPS STR("https://")

bool is_pasted(const Field *field)
{
    return field->type == FIELD_NATIONAL_ID || field->type == FIELD_ORGANISATION_NUMBER || field->type == FIELD_PHONE ||
           field->type == FIELD_EMAIL || field->type == FIELD_LINK || (field->type == FIELD_NUMBER && !field->multiple);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool are_digits(Str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!is_digit(text.data[i]))
            return false;
    return true;
}

static bool holds(Str set, char c)
{
    return str_find(set, c, 0) < set.length;
}

static bool starts(Str text, Str prefix)
{
    return text.length >= prefix.length && str_same_letters(str_slice(text, 0, prefix.length), prefix);
}

static Str without_prefix(Str text, Str prefix)
{
    return starts(text, prefix) ? str_slice(text, prefix.length, text.length) : text;
}

static Str without_suffix(Str text, Str suffix)
{
    size_t at = text.length < suffix.length ? 0 : text.length - suffix.length;

    return str_same_letters(str_slice(text, at, text.length), suffix) ? str_slice(text, 0, at) : text;
}

/* ---- numbers ---- */

/* Nine digits, as an invoice writes them: "NO 974.760.673 MVA". */
static Err read_company(Str bare, Arena *keep, Str *ret_digits)
{
    Str number = without_suffix(without_prefix(bare, STR("NO")), STR("MVA"));
    Buf digits = buf_new(keep, bare.length + 1);

    for (size_t i = 0; i < number.length; i++)
        if (number.data[i] != '.')
            buf_add_char(&digits, number.data[i]);
    return buf_done(&digits, ret_digits);
}

static Fault check_number(const Field *field, Str digits)
{
    int64_t number;

    if (field->type == FIELD_NUMBER)
        return is_ok(num_parse(digits, 0, field->maximum, &number)) ? FAULT_FINE : FAULT_BAD_NUMBER;
    return digits.length == (field->type == FIELD_NATIONAL_ID ? 11u : 9u) && are_digits(digits) ? FAULT_FINE : FAULT_BAD_NUMBER;
}

/* ---- telephone ---- */

/* The digits, behind a '+' when they begin with a country: "(0)" is dialled within it only. False at anything else. */
static bool dial(Str bare, Buf *digits)
{
    Str rest = without_prefix(bare, STR("tel:"));

    while (rest.length > 0) {
        char c = rest.data[0];
        bool inner = digits->length > 0 && digits->data[0] == '+' && str_starts(rest, STR("(0)"));
        if (c == '+' && digits->length > 0)
            return false;
        if (c == '+' || is_digit(c))
            buf_add_char(digits, c);
        else if (!inner && !holds(STR("()./"), c))
            return false;
        rest = str_slice(rest, inner ? 3 : 1, rest.length);
    }
    return true;
}

/* "22 33 44 55" for eight digits of Norway; others as they are dialled. */
static void add_phone(Buf *phone, Str dialled)
{
    bool abroad = str_starts(dialled, STR("00"));
    Str number = abroad ? str_slice(dialled, 2, dialled.length) : without_prefix(dialled, STR("+"));

    abroad = abroad || number.length < dialled.length;
    if (abroad && str_starts(number, STR("47")) && number.length == 10) {
        number = str_slice(number, 2, number.length);
        abroad = false;
    }
    if (abroad)
        buf_add_char(phone, '+');
    for (size_t i = 0; i < number.length; i++) {
        if (i > 0 && i % 2 == 0 && number.length == 8 && !abroad)
            buf_add_char(phone, ' ');
        buf_add_char(phone, number.data[i]);
    }
}

static Err read_phone(Str bare, Arena *keep, Fault *ret_fault, Str *ret_phone)
{
    Buf digits = buf_new(keep, bare.length + 1);
    Buf phone = buf_new(keep, 2 * bare.length + 2);
    Str dialled = STR_NONE;
    size_t count = 0;

    bool good = dial(bare, &digits);
    TRY(buf_done(&digits, &dialled));
    add_phone(&phone, dialled);
    TRY(buf_done(&phone, ret_phone));
    for (size_t i = 0; i < ret_phone->length; i++)
        count += is_digit(ret_phone->data[i]);
    *ret_fault = good && count >= 5 && count <= 15 ? FAULT_FINE : FAULT_BAD_PHONE;
    return ok();
}

/* ---- mail ---- */

static bool is_host(Str host)
{
    Str label = STR_NONE;
    bool dotted = str_find(host, '.', 0) < host.length;

    while (host.length > 0) {
        bool last = str_find(host, '.', 0) == host.length;
        host = str_cut(host, '.', &label);
        if (label.length == 0 || (!last && host.length == 0))
            return false;
    }
    return dotted;
}

/* "Kari Nordmann <kari@nord.no>,": what stands in the brackets, or all of it. */
static Str bare_email(Str text)
{
    while (text.length > 0 && holds(STR(".,; "), text.data[text.length - 1]))
        text = str_slice(text, 0, text.length - 1);
    size_t open = str_find(text, '<', 0);
    if (open < text.length && str_ends(text, STR(">")))
        text = str_slice(text, open + 1, text.length - 1);
    if (starts(text, STR("mailto:")))
        text = str_slice(text, 7, str_find(text, '?', 0));
    return text;
}

/* A small letter may take a mark that its capital did not (W with a ring): so it is composed once more. */
static Err lower(Str text, Arena *keep, Str *ret_lower)
{
    Buf small = buf_new(keep, text.length + 1);
    Str lowered = STR_NONE;

    for (size_t i = 0; i < text.length; i++)
        buf_add_char(&small, (char)(text.data[i] >= 'A' && text.data[i] <= 'Z' ? text.data[i] + 0x20 : text.data[i]));
    TRY(buf_done(&small, &lowered));
    return text_nfc(lowered, keep, ret_lower);
}

static Err read_email(Str text, Arena *keep, Fault *ret_fault, Str *ret_email)
{
    Str name = STR_NONE, host = STR_NONE;

    text = bare_email(text);
    TRY(lower(str_cut(text, '@', &name), keep, &host));
    bool good = name.length > 0 && is_host(host) && str_find(host, '@', 0) == host.length;
    for (size_t i = 0; good && i < text.length; i++)
        good = !holds(EMAIL_STOPS, text.data[i]);
    *ret_fault = good ? FAULT_FINE : FAULT_BAD_EMAIL;
    return str_format(keep, ret_email, "%.*s@%.*s", STR_ARGS(name), STR_ARGS(host));
}

/* ---- link ---- */

static size_t end_of_host(Str link)
{
    size_t at = 0;

    while (at < link.length && !holds(STR("/?#"), link.data[at]))
        at++;
    return at;
}

static Fault check_host(Str host)
{
    for (size_t i = 0; i < host.length; i++)
        if (holds(LINK_ESCAPED, host.data[i]) || holds(STR("\\%'()*,;!$&="), host.data[i]))
            return FAULT_BAD_LINK;
    if (str_find(host, '@', 0) < host.length)
        return FAULT_LINK_NAME;
    return host.length > 0 ? FAULT_FINE : FAULT_BAD_LINK;
}

static Err read_link(Str text, Arena *keep, Fault *ret_fault, Str *ret_link)
{
    Buf link = buf_new(keep, 3 * text.length + 16);
    Str host = STR_NONE;

    if (str_starts(text, STR("<")) && str_ends(text, STR(">")))
        text = str_slice(text, 1, text.length - 1);
    bool good = starts(text, HTTPS) || starts(text, STR("www."));
    text = without_prefix(text, HTTPS);
    size_t end = end_of_host(text);
    TRY(lower(str_slice(text, 0, end), keep, &host));
    buf_add(&link, HTTPS);
    buf_add(&link, host);
    for (size_t i = end; i < text.length; i++) {
        if (holds(LINK_ESCAPED, text.data[i]))
            buf_format(&link, "%%%02X", (unsigned)(unsigned char)text.data[i]);
        else
            buf_add_char(&link, text.data[i]);
        good = good && text.data[i] != '\\';
    }
    *ret_fault = good ? check_host(host) : FAULT_BAD_LINK;
    return buf_done(&link, ret_link);
}

/* ---- all ---- */

static Err read_bare(const Field *field, Str raw, Arena *keep, Fault *ret_fault, Str *ret_text)
{
    TRY(text_bare(raw, keep, ret_text));
    if (ret_text->length == 0) {
        *ret_fault = FAULT_FINE;
        return ok();
    }
    if (field->type == FIELD_PHONE)
        return read_phone(*ret_text, keep, ret_fault, ret_text);
    if (field->type == FIELD_ORGANISATION_NUMBER)
        TRY(read_company(*ret_text, keep, ret_text));
    *ret_fault = check_number(field, *ret_text);
    return ok();
}

static Err read_address(const Field *field, Str raw, Arena *keep, Fault *ret_fault, Str *ret_text)
{
    CleanFault cleaned = CLEAN_FINE;

    TRY(text_clean(raw, false, keep, &cleaned, ret_text));
    *ret_fault = cleaned == CLEAN_DIRECTION ? FAULT_BAD_DIRECTION : cleaned == CLEAN_FINE ? FAULT_FINE : FAULT_BAD_CHARACTER;
    if (*ret_fault != FAULT_FINE || ret_text->length == 0)
        return ok();
    return (field->type == FIELD_EMAIL ? read_email : read_link)(*ret_text, keep, ret_fault, ret_text);
}

Err pasted_read(const Field *field, Str raw, Arena *keep, Fault *ret_fault, Str *ret_text)
{
    bool is_address = field->type == FIELD_EMAIL || field->type == FIELD_LINK;
    Fault fault = FAULT_FINE;
    Str text = STR_NONE;

    TRY((is_address ? read_address : read_bare)(field, raw, keep, &fault, &text));
    *ret_fault = fault;
    if (fault == FAULT_FINE)
        *ret_text = text;
    return ok();
}
