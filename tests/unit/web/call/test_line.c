/* The line that a request leaves in the log.
 * Must not hold data of anybody.
 * Run by meson. */
#include "support/test.h"

#include "web/call/line.h"

static const Id person = {{0xcd}}, request_id = {{0xef}};

/* Somebody opens a log. */
static void line_of(Err result, int status, char ret_line[static 300])
{
    const Request request = {.method = METHOD_GET, .path = STR("/logg/ab000000000000000000000000000000")};
    Response response = {.status = status};
    Call call = {.request = &request, .response = &response, .actor = {.person = person, .request = request_id}};
    LogField fields[LINE_FIELDS];

    EXPECT_OK(route_find(METHOD_GET, request.path, &call.route, call.ids, &call.word));
    const LogLine told = {
        .level = LOG_LEVEL_INFO, .event = "request", .fields = fields, .count = line_fields(&call, result, 3, fields)};
    ret_line[log_line(ret_line, 300, &told)] = 0;
}

TEST(a_line_names_the_pattern_of_the_route_and_nobody)
{
    char line[300];

    line_of(ok(), 200, line);
    EXPECT_STR(str_from_c(line), "<6>event=request method=GET route=/logg/{id} status=200 result=OK ms=3\n");
}

TEST(what_people_do_wrong_says_where_it_was_refused_and_has_no_id)
{
    char line[300];

    line_of((Err){.id = E_STALE, .line = 7, .file = "../../src/service/log/change.c"}, 409, line);
    EXPECT_STR(str_from_c(line), "<6>event=request method=GET route=/logg/{id} status=409 result=STALE "
                                 "at=src/service/log/change.c:7 ms=3\n");
}

TEST(a_failure_of_ours_leads_to_the_audit_by_the_id_of_its_request)
{
    char line[300];

    line_of((Err){.id = E_STORE, .line = 88, .file = "src/store/writer.c"}, 503, line);
    EXPECT_STR(str_from_c(line), "<6>event=request method=GET route=/logg/{id} status=503 result=STORE "
                                 "at=src/store/writer.c:88 ms=3 request=ef000000000000000000000000000000\n");
}

TEST(the_pattern_of_every_route_can_stand_in_a_line)
{
    for (size_t i = 0; i < route_count; i++)
        EXPECT_STR(str_from_c(log_word("route", routes[i].path).word), routes[i].path);
}

RUN_TESTS("line")
