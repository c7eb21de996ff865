/* The message between a command and serve: version, number, how many texts, then each with its length.
 * Must not be included outside cli/control*.c.
 * A request's number is its act; an answer's is 0, its texts are the error's name and what the operator shall read. Before it
 * may come any number of messages that say how far it is: number 255, one text. */
#ifndef CLI_CONTROL_PRIV_H
#define CLI_CONTROL_PRIV_H

#include "cli/control.h"

#define CONTROL_ANSWER 0
#define CONTROL_TOLD 255
#define CONTROL_VERSION 1

typedef struct ControlMessage {
    uint8_t number;
    uint8_t count;
    Str texts[CONTROL_TEXTS_MAX];
} ControlMessage;

/* One act being carried out. */
typedef struct Doing {
    Installation *installation;
    Id by;
    const Str *texts;
    Arena *arena;
    Buf *out;
    const ControlHearer *hearer;
} Doing;

/* CONTROL_IMPORT (import.c). Errors: E_INVALID when the file has faults: they are told in out. */
MUST_USE Err control_import(const Doing *doing);

/* DATA/control.sock */
MUST_USE Err control_path(const char *data, char *ret_path, size_t room);
/* How many texts come with an act. Errors: E_MALFORMED for an act that is none. */
MUST_USE Err control_text_count(uint8_t act, uint8_t *ret_count);

/* Errors: those of socket_send. */
MUST_USE Err control_send(int fd, const ControlMessage *message, Arena *scratch);
/* Texts live in keep. Errors: E_MALFORMED (version, count), E_TOO_LARGE, those of socket_receive_exactly. */
MUST_USE Err control_receive(int fd, Arena *keep, ControlMessage *ret_message);

#endif
