/* Rows of the table of routes as operations.
 * Must not know how a description looks: api/openapi does.
 * Called by cli/openapi.c. */
#include "web/api/document.h"

#include "service/log/refs.h"
#include "web/call/route.h"

static ApiOperation operation_of(const Route *route)
{
    static const char *const methods[METHOD_COUNT] = {[METHOD_GET] = "get", [METHOD_POST] = "post", [METHOD_PUT] = "put"};

    return (ApiOperation){
        .method = methods[route->method],
        .path = route->path,
        .name = route->api->name,
        .summary = route->api->summary,
        .query = route->api->query,
        .query_too = route->api->query_too,
        .queries = route->api->queries,
        .answer = route->api->answer,
        .takes = route->api->takes_kind != KIND_NONE ? kind_of(route->api->takes_kind) : route->api->takes,
        .each_kind = route->entry_fields,
        .each_procedure = route->procedure,
        .creates = route->method == METHOD_POST && (route->entry_fields || route->api->takes_kind != KIND_NONE),
        .versioned = route->api->versioned,
    };
}

Err api_document(Arena *keep, Str *ret_text)
{
    ApiOperation *operations = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(keep, ApiOperation, route_count, &operations));
    for (size_t i = 0; i < route_count; i++)
        if (routes[i].api)
            operations[count++] = operation_of(&routes[i]);
    return openapi_write(operations, count, log_is_written, keep, ret_text);
}
