/* The icons that pages may use: a name in C and the file of @navikt/aksel-icons it comes from.
 * Must not grow past 64: a page remembers its icons in one word.
 * Read by assets/build.mjs (which makes the symbols), by tools/templates.py and by C. */
#ifndef PAGES_ICONS_H
#define PAGES_ICONS_H

#define ICONS(X)                                     \
    X(PERSON_CIRCLE, "PersonCircle")                 \
    X(ARROWS_CIRCLEPATH, "ArrowsCirclepath")         \
    X(LANGUAGE, "Language")                          \
    X(LEAVE, "Leave")                                \
    X(PLUS, "Plus")                                  \
    X(PENCIL, "Pencil")                              \
    X(NOTE_PENCIL, "NotePencil")                     \
    X(CALENDAR, "Calendar")                          \
    X(CLOCK, "Clock")                                \
    X(EXCLAMATIONMARK_TRIANGLE, "ExclamationmarkTriangle") \
    X(CHECKMARK_CIRCLE, "CheckmarkCircle")           \
    X(CHEVRON_DOWN, "ChevronDown")                   \
    X(CHEVRON_RIGHT, "ChevronRight")                 \
    X(EYE, "Eye")                                    \
    X(EYE_SLASH, "EyeSlash")                         \
    X(PERSON_GROUP, "PersonGroup")                   \
    X(PERSON_PLUS, "PersonPlus")                     \
    X(HOUSE_HEART, "HouseHeart")                     \
    X(BRIEFCASE, "Briefcase")                        \
    X(BOOK, "Book")                                  \
    X(STAR, "Star")                                  \
    X(STETHOSCOPE, "Stethoscope")                    \
    X(THUMB_UP, "ThumbUp")                           \
    X(CHAT, "Chat")                                  \
    X(PAPERPLANE, "Paperplane")                      \
    X(TASKLIST_START, "TasklistStart")               \
    X(PADLOCK_LOCKED, "PadlockLocked")               \
    X(FILE_TEXT, "FileText")                         \
    X(LINK, "Link")                                  \
    X(SUN, "Sun")                                    \
    X(KEY, "KeyVertical")                            \
    X(BUILDINGS, "Buildings3")                       \
    X(INFORMATION, "InformationSquare")              \
    X(FLOPPYDISK, "Floppydisk")

#define X(name, file) ICON_##name,
enum icon { ICON_NONE, ICONS(X) ICON_COUNT };
#undef X

#endif
