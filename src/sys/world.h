/* The real World: this machine's clock and the kernel's randomness.
 * Must not be made outside entry points; tests make their own.
 * Used by main, cli and keyd. */
#ifndef SYS_WORLD_H
#define SYS_WORLD_H

#include "base/world.h"
#include "sys/clock.h"

/* A World over clock, which must live as long as it does. */
World world_real(Clock *clock);

#endif
