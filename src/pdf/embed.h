/* The fonts as they go into the file: only the glyphs that are printed, with what each says.
 * Used by pdf alone. */
#ifndef PDF_EMBED_H
#define PDF_EMBED_H

#include "pdf/pdf_priv.h"

/* Writes every font that is used, and the resources object that names them. Errors: E_NO_MEMORY, E_INTERNAL. */
MUST_USE Err pdf_fonts_put(Pdf *pdf);

#endif
