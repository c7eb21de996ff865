/* The signed consent that comes with a form: its size, its kind, and whether it is whole.
 * Must not look into it.
 * Called by web/wizard and web/log. */
#include "web/form/document_form.h"

#include "domain/input/media.h"
#include "web/call/answer.h"

FieldView *document_input(Inputs *inputs)
{
    FieldView *field = inputs_add(inputs, "document", INPUT_FILE, call_text(inputs->call, MSG_WIZARD_DOCUMENT));

    field->help = call_text(inputs->call, MSG_WIZARD_DOCUMENT_HELP);
    field->maximum = DOCUMENT_BYTES_MAX;
    return field;
}

enum msg document_read(const Form *form, NewDocument *ret_document)
{
    const FormField *file = form_file(form, STR("document"));

    if (!file || file->value.length == 0)
        return MSG_WIZARD_DOCUMENT_MISSING;
    if (file->value.length > DOCUMENT_BYTES_MAX)
        return MSG_WIZARD_DOCUMENT_LARGE;
    Media media = media_of(file->value);
    if (media == MEDIA_NONE)
        return MSG_WIZARD_DOCUMENT_KIND;
    if (!media_is_whole(media, file->value))
        return MSG_WIZARD_DOCUMENT_BROKEN;
    *ret_document = (NewDocument){.bytes = file->value, .media = (uint8_t)media};
    return MSG_COUNT;
}
