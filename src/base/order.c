/* Each code point as the letter under which it is looked for, one at a time; nothing is allocated.
 * Must not be used to tell whether two names are the same: text_reads_same does.
 * Called through qsort by services and pages. */
#include "base/order.h"

#include <utf8proc.h>

#define LETTERS_MAX 24 /* that one code point is decomposed into, at most 18 */

/* Weights: signs 1, digits from 10, letters from 100, æ ø å behind z, other alphabets from LETTER_OTHER by code point. */
#define WEIGHT_SIGN 1
#define WEIGHT_DIGIT 10
#define WEIGHT_LETTER 100
#define WEIGHT_OTHER 1000

/* Letters that are not a letter with a mark to bokmål; two where they are looked for as two. */
static const struct {
    uint32_t point;
    const char *as; /* '{' '|' '}' stand for æ ø å, which follow z */
} letters[] = {
    {0xE6, "{"}, {0xE4, "{"}, {0xF8, "|"}, {0xF6, "|"}, {0x151, "|"}, {0xE5, "}"}, {0xFC, "y"}, {0x171, "y"}, {0xF0, "d"},
    {0x111, "d"}, {0xFE, "th"}, {0x142, "l"}, {0x14B, "n"}, {0x167, "t"}, {0x127, "h"}, {0x131, "i"}, {0x153, "oe"}, {0xDF, "ss"},
};

typedef struct Reading {
    Str text;
    size_t at;
    uint32_t waiting[LETTERS_MAX]; /* of the code point before */
    size_t next, count;
} Reading;

static void keep_letter(Reading *reading, uint32_t letter)
{
    if (reading->count < LETTERS_MAX)
        reading->waiting[reading->count++] = letter;
}

static bool is_mark(utf8proc_int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/* The base letters of one code point, in small letters. */
static void read_point(Reading *reading, uint32_t point)
{
    const utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_int32_t small = utf8proc_tolower((utf8proc_int32_t)point), parts[LETTERS_MAX];
    int class = UTF8PROC_BOUNDCLASS_START;

    if (point >= '{' && point <= '}') {
        keep_letter(reading, '!'); /* signs, and not what stands for our last letters */
        return;
    }
    for (size_t i = 0; i < COUNT_OF(letters); i++)
        if (letters[i].point == (uint32_t)small) {
            for (const char *c = letters[i].as; *c; c++)
                keep_letter(reading, (uint32_t)(unsigned char)*c);
            return;
        }
    utf8proc_ssize_t count = utf8proc_decompose_char(small, parts, LETTERS_MAX, options, &class);
    for (utf8proc_ssize_t i = 0; i < count && i < LETTERS_MAX; i++)
        if (!is_mark(parts[i]))
            keep_letter(reading, (uint32_t)parts[i]);
}

/* The next letter, 0 at the end. */
static uint32_t next_letter(Reading *reading)
{
    while (reading->next == reading->count) {
        if (reading->at >= reading->text.length)
            return 0;
        reading->next = reading->count = 0;
        read_point(reading, utf8_next(reading->text, &reading->at));
    }
    return reading->waiting[reading->next++];
}

static uint32_t next_weight(Reading *reading)
{
    uint32_t letter = next_letter(reading);

    if (letter == 0)
        return 0;
    if (letter == 'a' && reading->next == reading->count && reading->at < reading->text.length &&
        (reading->text.data[reading->at] == 'a' || reading->text.data[reading->at] == 'A')) {
        reading->at++;
        letter = '}'; /* aa */
    }
    if (letter >= 'a' && letter <= '}')
        return WEIGHT_LETTER + letter - 'a';
    if (letter >= '0' && letter <= '9')
        return WEIGHT_DIGIT + letter - '0';
    return letter < 0x80 ? WEIGHT_SIGN : WEIGHT_OTHER + letter;
}

int text_order(Str a, Str b)
{
    Reading left = {.text = a}, right = {.text = b};

    for (;;) {
        uint32_t of_left = next_weight(&left), of_right = next_weight(&right);
        if (of_left != of_right)
            return of_left < of_right ? -1 : 1;
        if (of_left == 0)
            return str_compare(a, b);
    }
}
