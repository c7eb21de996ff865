/* Fuzz target: whatever a packet, a key file or a share is, the agent's parsers refuse it or read it whole.
 * Must not need keys: what is read here is read before anything is proven.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>

#include "crypto/shamir.h"
#include "keyd/key_file.h"
#include "wire/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void expect(bool holds)
{
    if (!holds)
        abort();
}

static void read_request(Str packet)
{
    uint8_t type = 0;
    Cursor body;
    Str text;
    if (!is_ok(wire_request(packet, &type, &body)))
        return;
    expect(packet.length == wire_request_size(type) && body.at == WIRE_HEADER);
    if (is_ok(wire_read_text(&body, INDEX_TEXT_MAX, &text)))
        expect(text.length <= INDEX_TEXT_MAX);
}

static void read_replies(Str packet)
{
    for (unsigned type = 1; wire_reply_size((uint8_t)type); type++) {
        Cursor body;
        WrappedKey wrapped;
        if (!is_ok(wire_reply(packet, (MessageType)type, &body)))
            continue;
        expect(packet.length == wire_reply_size((uint8_t)type));
        wire_read_wrapped(&body, &wrapped);
    }
}

/* A key file is fuzzed behind its checksum, which no fuzzer would guess. */
static void read_key_file(const uint8_t *bytes, size_t length)
{
    static uint8_t content[KEY_FILE_MAX];
    KeyFile *file = malloc(sizeof *file);
    if (!file || length > sizeof content - HASH_BYTES)
        abort();
    for (size_t i = 0; i < length; i++)
        content[i] = bytes[i];
    if (is_ok(sha256(str_from_bytes(bytes, length), content + length)) &&
        is_ok(key_file_decode(str_from_bytes(content, length + HASH_BYTES), file)))
        expect(file->custodian_count <= CUSTODIANS_MAX && file->municipality_count <= MUNICIPALITIES_MAX &&
               file->sealed_places <= SEALED_KEYS_MAX && file->threshold >= 1 && file->threshold <= file->custodian_count);
    free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Share share;
    if (length > WIRE_PACKET_MAX)
        return 0;
    Str input = str_from_bytes(bytes, length);
    read_request(input);
    read_replies(input);
    read_key_file(bytes, length);
    if (is_ok(share_decode(input, &share)))
        expect(share.index >= 1 && share.index <= SHARES_MAX);
    return 0;
}
