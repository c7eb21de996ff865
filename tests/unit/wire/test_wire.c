/* Packets of the key agent: one size for each type, everything else refused.
 * Must not need an agent.
 * Called by meson test. */
#include "support/test.h"

#include "wire/wire.h"

static Str request_of(Arena *arena, uint8_t type, size_t length)
{
    Buf buf = buf_new(arena, WIRE_PACKET_MAX + 8);
    Str packet;
    wire_begin(&buf, (MessageType)type, E_OK);
    while (buf.length < length)
        buf_add_u8(&buf, 0);
    EXPECT_OK(buf_done(&buf, &packet));
    return packet;
}

TEST(every_type_accepts_its_own_size_only)
{
    for (unsigned type = 0; type < 256; type++) {
        TEST_ARENA(arena);
        uint8_t read = 0;
        Cursor body;
        size_t size = wire_request_size((uint8_t)type);
        if (size == 0) {
            EXPECT_ERR(wire_request(request_of(arena, (uint8_t)type, 4), &read, &body), E_MALFORMED);
            continue;
        }
        EXPECT_ERR(wire_request(request_of(arena, (uint8_t)type, size + 1), &read, &body), E_MALFORMED);
        if (size > WIRE_HEADER)
            EXPECT_ERR(wire_request(request_of(arena, (uint8_t)type, size - 1), &read, &body), E_TRUNCATED);
        EXPECT_OK(wire_request(request_of(arena, (uint8_t)type, size), &read, &body));
        EXPECT(read == type);
    }
}

/* Whoever changes a size changes WIRE_VERSION with it: a service and an agent of two releases must not misread each other. */
TEST(every_message_has_the_size_that_its_version_fixed)
{
    static const uint16_t sizes[][2] = {[1] = {0, 88},     [2] = {74, 88},    [3] = {0, 0},      [4] = {41, 16},   [5] = {16, 0},
                                        [6] = {179, 167},  [7] = {277, 135},  [8] = {29458, 34564}, [9] = {1889, 512},
                                        [10] = {58402, 16388}, [11] = {163, 48}, [13] = {80, 64}, [14] = {16, 0},
                                        [15] = {8, 0},     [16] = {16, 64},   [17] = {8, 2114},  [18] = {8, 0},
                                        [19] = {32, 0},    [20] = {16, 32},   [21] = {16, 16},  [22] = {16, 16},  [23] = {28, 0},
                                        [24] = {24, 32},   [25] = {4, 2054},  [26] = {49, 64},   [27] = {17, 32},
                                        [28] = {63138, 53252}, [29] = {299, 32}};

    EXPECT(WIRE_VERSION == 5);
    EXPECT(wire_request_size(MESSAGE_CHECK) == WIRE_HEADER + 65695 && wire_reply_size(MESSAGE_CHECK) == WIRE_HEADER);
    for (uint8_t type = 1; type < COUNT_OF(sizes); type++) {
        if (type == MESSAGE_CHECK)
            continue;
        EXPECT(wire_request_size(type) == (size_t)WIRE_HEADER + sizes[type][0]);
        EXPECT(wire_reply_size(type) == (size_t)WIRE_HEADER + sizes[type][1]);
    }
    EXPECT(wire_request_size(COUNT_OF(sizes)) == 0);
}

TEST(a_request_with_another_version_or_an_error_is_refused)
{
    uint8_t type = 0;
    Cursor body;
    EXPECT_ERR(wire_request(STR("\x02\x01\x00\x00"), &type, &body), E_MALFORMED);
    EXPECT_ERR(wire_request(STR("\x03\x01\x01\x00"), &type, &body), E_MALFORMED);
    EXPECT_ERR(wire_request(STR("\x03\x01\x00"), &type, &body), E_TRUNCATED);
}

TEST(a_failed_reply_is_its_header_and_tells_the_error)
{
    TEST_ARENA(arena);
    Buf buf = buf_new(arena, 64);
    Str packet;
    Cursor body;
    wire_begin(&buf, MESSAGE_UNWRAP, E_BUDGET);
    EXPECT_OK(buf_done(&buf, &packet));
    EXPECT_ERR(wire_reply(packet, MESSAGE_SEAL, &body), E_MALFORMED);
    EXPECT_ERR(wire_reply(packet, MESSAGE_UNWRAP, &body), E_BUDGET);
    buf_add_u8(&buf, 0);
    EXPECT_OK(buf_done(&buf, &packet));
    EXPECT_ERR(wire_reply(packet, MESSAGE_UNWRAP, &body), E_MALFORMED);
}

TEST(a_text_field_has_one_spelling)
{
    TEST_ARENA(arena);
    Buf buf = buf_new(arena, 64);
    Str packet, text;
    wire_add_text(&buf, STR("abc"), 8);
    EXPECT_OK(buf_done(&buf, &packet));
    Cursor cursor = cursor_new(packet);
    EXPECT_OK(wire_read_text(&cursor, 8, &text));
    EXPECT_STR(text, "abc");
    cursor = cursor_new(STR("\x01" "ab\0\0\0\0\0\0"));
    EXPECT_ERR(wire_read_text(&cursor, 8, &text), E_MALFORMED);
    cursor = cursor_new(STR("\x09" "abcdefgh"));
    EXPECT_ERR(wire_read_text(&cursor, 8, &text), E_MALFORMED);
}

TEST(an_audit_head_is_signed_as_98_bytes_in_a_fixed_order)
{
    const AuditHead head = {.tenant = {{1}}, .database = {{2}}, .size = 0x0304, .root = {5}, .at = 6};
    uint8_t bytes[AUDIT_HEAD_BYTES];
    memset(bytes, 0xee, sizeof bytes);
    audit_head_encode(&head, bytes);
    EXPECT(memcmp(bytes, "stafettlogg-head-1", 18) == 0);
    EXPECT(bytes[18] == 1 && bytes[34] == 2 && bytes[56] == 3 && bytes[57] == 4 && bytes[58] == 5 && bytes[97] == 6);
}

TEST(a_document_is_signed_as_71_bytes_in_a_fixed_order)
{
    const SignedDocument document = {.tenant = {{1}}, .kind = DOCUMENT_TRANSFER, .sha256 = {2, [31] = 3}};
    uint8_t bytes[DOCUMENT_BYTES];
    memset(bytes, 0xee, sizeof bytes);
    signed_document_encode(&document, bytes);
    EXPECT(memcmp(bytes, "stafettlogg-document-1", 22) == 0);
    EXPECT(bytes[22] == 4 && bytes[23] == 1 && bytes[38] == 0 && bytes[39] == 2 && bytes[70] == 3);
}

RUN_TESTS("wire")
