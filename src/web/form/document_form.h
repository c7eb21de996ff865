/* The signed consent that comes with a form.
 * Must not keep it.
 * Used by the forms that take one: the wizard, and a guardian who joins. */
#ifndef WEB_FORM_DOCUMENT_FORM_H
#define WEB_FORM_DOCUMENT_FORM_H

#include "gateway/form.h"
#include "service/acts/create.h"
#include "web/form/inputs.h"

/* The field; the page looks at the size before anything is sent. */
FieldView *document_input(Inputs *inputs);
/* The document in a field "document"; the message that says what is wrong with it, MSG_COUNT when nothing is, and
 * MSG_WIZARD_DOCUMENT_MISSING when there is none. */
enum msg document_read(const Form *form, NewDocument *ret_document);

#endif
