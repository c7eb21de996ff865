/* Files and folders: read whole, written whole and durably, private by default.
 * Must not follow a size or a mode that the caller did not ask for.
 * Used by cli, keyd, store, keys, gateway. */
#ifndef SYS_FILE_H
#define SYS_FILE_H

#include "base/str.h"

/* File descriptors are plain ints; -1 is none. AUTO(fd_closep) int fd = -1; hand over with fd_take(&fd). */
void fd_close(int fd);
void fd_closep(int *fd);
/* All of the bytes, however many calls that takes. Errors: E_DISK_FULL, E_IO. */
MUST_USE Err fd_write(int fd, Str content);
int fd_take(int *fd);

/* The whole file (0..maximum bytes) in keep. Errors: E_NOT_FOUND, E_FORBIDDEN (no right, or not a plain file),
 * E_TOO_LARGE, E_NO_MEMORY, E_IO. */
MUST_USE Err file_read(const char *path, size_t maximum, Arena *keep, Str *ret_content);

/* Replaces path by content at once and durably: a reader, or the machine after a power cut, sees the old file or the new
 * one, never a part. mode is exact (0600), the umask does not count.
 * Errors: E_NOT_FOUND (no such folder), E_FORBIDDEN, E_DISK_FULL, E_TOO_LARGE (path), E_IO; the old file stays. */
MUST_USE Err file_write(const char *path, Str content, unsigned mode);

/* Writes content over the bytes of an existing file, in the same place on the disk, and durably. A cut in the middle
 * leaves a mixture: only for files that are mirrored and authenticated (the key file; rules: keys 7).
 * Errors: E_NOT_FOUND, E_FORBIDDEN, E_DISK_FULL, E_IO. */
MUST_USE Err file_overwrite(const char *path, Str content);

/* Adds content at the end of an existing file, durably; a cut may leave a part of it there. Errors: as file_overwrite. */
MUST_USE Err file_append(const char *path, Str content);

/* How long a file is. Errors: E_NOT_FOUND, E_FORBIDDEN (also: not a plain file), E_IO. */
MUST_USE Err file_length(const char *path, uint64_t *ret_length);

/* At most so many bytes from a place on; fewer when the file ends before. Errors: as file_read. */
typedef struct FilePart {
    uint64_t at;
    size_t most;
} FilePart;
MUST_USE Err file_read_part(const char *path, FilePart part, Arena *keep, Str *ret_content);

/* Takes away durably what stands behind so many bytes. Errors: as file_overwrite. */
MUST_USE Err file_cut(const char *path, uint64_t length);

/* Removes a file durably; one that is not there is fine. Errors: E_FORBIDDEN, E_IO. */
MUST_USE Err file_remove(const char *path);

/* Makes a folder with mode 0700 (its parent must exist), or checks that what stands there is a folder of ours which
 * nobody else can enter. Errors: E_NOT_FOUND (parent), E_FORBIDDEN (not ours, not private, not a folder), E_IO. */
MUST_USE Err folder_create_private(const char *path);

/* A new name in the folder of path is durable from here on. Errors: E_TOO_LARGE, E_NOT_FOUND, E_FORBIDDEN, E_IO. */
MUST_USE Err folder_sync_of(const char *path);

/* Whether what is put in this folder stays in memory (tmpfs). Of one that is not there yet: where it would be made.
 * Errors: E_TOO_LARGE (path), E_FORBIDDEN, E_IO. */
MUST_USE Err folder_in_memory(const char *path, bool *ret_is);

/* Makes (0600) and locks a file for this process; the lock ends with the descriptor.
 * Errors: E_BUSY when another process holds it, E_NOT_FOUND, E_FORBIDDEN, E_IO. */
MUST_USE Err file_lock(const char *path, int *ret_fd);

/* How many file handles this process may have open. */
uint64_t file_handles_max(void);
/* As many as the hard limit allows. The usual 1024 are kept low only for programs that use select(). */
void file_handles_raise(void);

/* The Err of the current errno. */
Err err_from_errno(int number);

#endif
