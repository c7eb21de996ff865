/* Fuzz target: whatever the bytes are, a form that is taken has plain names, each once, and texts in UTF-8 without NUL.
 * The first byte chooses the kind.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>

#include "gateway/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void expect_sound(const Form *form)
{
    if (form->count > FORM_FIELDS_MAX)
        abort();
    for (size_t i = 0; i < form->count; i++) {
        const FormField *field = &form->fields[i];
        if (field->name.length == 0 || field->name.length > FORM_NAME_MAX)
            abort();
        if (!field->is_file && (!utf8_valid(field->value) || str_find(field->value, '\r', 0) < field->value.length))
            abort();
        for (size_t j = 0; j < i; j++)
            if (str_equal(form->fields[j].name, field->name))
                abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Form form = {0};

    if (length == 0 || length > 65536 || !is_ok(arena_new((size_t)16 << 20, &arena)))
        return 0;
    Request request = {.method = METHOD_POST, .body = str_from_bytes(bytes + 1, length - 1), .arena = arena};
    request.headers[HEADER_CONTENT_TYPE] = bytes[0] == 'm' ? STR("multipart/form-data; boundary=XyZ")
                                                           : STR("application/x-www-form-urlencoded");
    if (is_ok(form_parse(&request, &form)))
        expect_sound(&form);
    return 0;
}
