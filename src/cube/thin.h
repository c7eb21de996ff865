/* Leaves out certificates that others make needless, so that each that is stored is needed for something.
 * Must not take the last one of any number.
 * Used by freeze. */
#ifndef CUBE_THIN_H
#define CUBE_THIN_H

#include "cube/trial.h"

/* The trial's work has all its certificates; of the masks those that no certificate needs any more are loose. Errors: E_NO_MEMORY. */
MUST_USE Err certificates_thin(Trial *trial);

#endif
