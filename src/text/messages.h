/* The message catalogue (messages/): look-up and filling-in.
 * Must not know who reads, and must not hold a text itself.
 * Used through text/text.h. */
#ifndef TEXT_MESSAGES_H
#define TEXT_MESSAGES_H

#include "base/buf.h"
#include "text/message_ids.h"

enum language { LANGUAGE_NB, LANGUAGE_NN, LANGUAGE_EN, LANGUAGE_COUNT };

/* "nb", "nn", "en". */
Str language_tag(enum language language);
/* Errors: E_MALFORMED for any other tag. */
MUST_USE Err language_from_tag(Str tag, enum language *ret_language);

/* The text of a message as it stands in the catalogue; use msg_write for one with arguments. */
Str msg(enum language language, enum msg id);
/* "attention.10" -> MSG_ATTENTION_10. False when there is no such key. */
bool msg_find(Str key, enum msg *ret_id);
/* The text of a key; the key itself when there is none, so that a mistake shows and breaks nothing. */
Str msg_by_key(enum language language, Str key);
Str msg_key(enum msg id);

enum msg_argument { ARGUMENT_TEXT, ARGUMENT_NUMBER, ARGUMENT_DAY, ARGUMENT_MOMENT };

typedef struct MsgArgument {
    Str name;
    enum msg_argument type;
    Str text;
    int64_t number;
} MsgArgument;

/* The text with {name} replaced by the argument of that name and {name|one|many} by one of two words.
 * tools/messages.py has checked that every language uses the same names; a name without argument writes nothing. */
void msg_write(Buf *buf, enum language language, enum msg id, const MsgArgument *arguments, size_t count);

#endif
