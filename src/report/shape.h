/* What stands in the data of a report, in which order and as what: writer and reader go by these tables, so that whatever is
 * written is read back.
 * Must not be changed but with another REPORT_FORMAT: archives keep what was written.
 * Used by write and read. */
#ifndef REPORT_SHAPE_H
#define REPORT_SHAPE_H

#include "report/report.h"

enum member_type { MEMBER_TEXT, MEMBER_ID, MEMBER_IDS, MEMBER_NUMBER, MEMBER_MOMENT, MEMBER_YES_NO, MEMBER_HASH, MEMBER_ROLE,
                   MEMBER_STATE, MEMBER_FLAGS, MEMBER_VALUES, MEMBER_OBJECT, MEMBER_LIST };

typedef struct Shape Shape;

typedef struct Member {
    const char *name;
    enum member_type type;
    size_t at;           /* in the struct */
    const Shape *shape;  /* of an object, and of what a list holds */
} Member;

struct Shape {
    const Member *members;
    size_t count;
    size_t size;         /* of the struct */
};

extern const Shape report_shape;

#endif
