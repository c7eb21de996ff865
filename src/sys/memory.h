/* How the C library's allocator behaves in a process that answers many short requests.
 * Must not keep more than a request's share for each thread.
 * Used by cli/serve. */
#ifndef SYS_MEMORY_H
#define SYS_MEMORY_H

/* Up to 1 MiB that a thread has given back stays with it for its next request. Without this the library returns the pages to
 * the kernel after each request and fetches them again: 24 page faults for each page of a log. Threads share as many heaps as there are
 * processors: with one for each thread a tenth of the memory lay free in a heap that nobody used. To be called before any thread
 * is started. */
void memory_keep_between_requests(void);

#endif
