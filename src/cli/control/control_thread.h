/* serve's thread that answers commands, and the message between them: version, number, how many texts, then each with its length.
 * Must not carry an act out itself.
 * Used by serve and by control.c.
 *
 * A request's number is its act; an answer's is 0, its texts are the error's name and what the operator shall read. Before it
 * may come any number of messages that say how far it is: number 255, one text. */
#ifndef CLI_CONTROL_CONTROL_THREAD_H
#define CLI_CONTROL_CONTROL_THREAD_H

#include "cli/control/control.h"

#define CONTROL_ANSWER 0
#define CONTROL_TOLD 255
#define CONTROL_VERSION 1

typedef struct ControlMessage {
    uint8_t number;
    uint8_t count;
    Str texts[CONTROL_TEXTS_MAX];
} ControlMessage;

/* DATA/control.sock */
MUST_USE Err control_path(const char *data, char *ret_path, size_t room);
/* Errors: those of socket_send. */
MUST_USE Err control_send(int fd, const ControlMessage *message, Arena *scratch);
/* Texts live in keep. Errors: E_MALFORMED (version, count), E_TOO_LARGE, those of socket_receive_exactly. */
MUST_USE Err control_receive(int fd, Arena *keep, ControlMessage *ret_message);

/* serve's thread that answers on DATA/control.sock: its own user and root only, one at a time. Lives in keep. */
typedef struct ControlThread ControlThread;
MUST_USE Err control_start(Installation *installation, const char *data, Arena *keep, ControlThread **ret_thread);
void control_stopp(ControlThread **thread);

#endif
