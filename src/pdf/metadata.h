/* What the file says of itself: the metadata that archives and readers look for, and the colours that its numbers mean.
 * Used by pdf alone. */
#ifndef PDF_METADATA_H
#define PDF_METADATA_H

#include "pdf/pdf_priv.h"

/* XMP with the claims of PDF/A-2a and PDF/UA-1; the older dictionary with the same words; sRGB as the meaning of colours.
 * Each returns the object's number, or 0 with the error kept. */
uint32_t pdf_metadata_put(Pdf *pdf);
uint32_t pdf_info_put(Pdf *pdf);
uint32_t pdf_intent_put(Pdf *pdf);

#endif
