/* Files that are too long for memory: written piece by piece and whole or not at all, read piece by piece; and what lies in a folder.
 * Must not leave half a file under its name.
 * Used by service/backup, cli/backup. */
#ifndef SYS_FILE_STREAM_H
#define SYS_FILE_STREAM_H

#include <limits.h>

#include "base/arena.h"
#include "base/str.h"

/* A file on its way: it has its name, with mode 0600, when it is whole and durable. Until then it stands beside it, ended by ".part". */
typedef struct FileOut {
    int fd;
    char path[PATH_MAX];
    char beside[PATH_MAX];
} FileOut;

/* What an earlier one of the same name left is written over. Errors: E_DUPLICATE (a file of the name is there), E_NOT_FOUND (no such
 * folder), E_FORBIDDEN, E_DISK_FULL, E_TOO_LARGE (path), E_IO. */
MUST_USE Err file_out_begin(const char *path, FileOut *ret_out);
MUST_USE Err file_out_add(FileOut *out, Str bytes);
/* Durable under its name. */
MUST_USE Err file_out_end(FileOut *out);
/* Nothing of it stays, unless it was ended. */
void file_out_drop(FileOut *out);

/* Opens a plain file for reading; its size as it is now. Errors: as file_read. */
MUST_USE Err file_in_open(const char *path, int *ret_fd, uint64_t *ret_size);
/* Exactly length bytes. Errors: E_TRUNCATED, E_IO. */
MUST_USE Err file_in_read(int fd, void *ret_bytes, size_t length);
/* At most room bytes; none at the end. */
MUST_USE Err file_in_some(int fd, void *ret_bytes, size_t room, size_t *ret_length);
/* Exactly length bytes from a place counted from the beginning; does not move where file_in_read goes on. */
MUST_USE Err file_in_read_at(int fd, uint64_t at, void *ret_bytes, size_t length);

/* The names in a folder, in no order, at most 100,000. Errors: E_NOT_FOUND, E_FORBIDDEN, E_TOO_LARGE, E_NO_MEMORY, E_IO. */
typedef struct FolderNames {
    Str *items;
    size_t count;
} FolderNames;
MUST_USE Err folder_names(const char *path, Arena *keep, FolderNames *ret_names);

#endif
