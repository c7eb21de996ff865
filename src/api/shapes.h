/* The members of what the API answers, one table for each object.
 * Must say the same as write.c: a scenario holds every answer to these.
 * Used by openapi.c. */
#ifndef API_SHAPES_H
#define API_SHAPES_H

#include <stdbool.h>
#include <stddef.h>

enum MemberType {
    MEMBER_TEXT, MEMBER_NUMBER, MEMBER_YES_NO, MEMBER_ID, MEMBER_DAY, MEMBER_MOMENT, MEMBER_TEXTS,
    MEMBER_OBJECT, /* of the schema in ref */
    MEMBER_LIST,   /* of such objects */
    MEMBER_VALUES, /* the fields of an entry, as of its kind */
};

typedef struct Member {
    const char *name;
    enum MemberType type;
    const char *ref;
    bool optional; /* left out when there is nothing to tell */
    const char *about;
} Member;

typedef struct Shape {
    const char *name;
    const Member *members;
    size_t count;
} Shape;

extern const Shape api_shapes[];
extern const size_t api_shape_count;

#endif
