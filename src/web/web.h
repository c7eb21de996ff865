/* The pages: routes, sessions' cookies, forms and their tokens, answers.
 * Must not decide a right or open a database: it asks service, and fills views for pages.
 * Built in main (cli/serve); called by gateway for each request. */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "gateway/gateway.h"
#include "service/service.h"

typedef struct Web Web;

typedef struct WebOptions {
    Service *service;
    Str origin;       /* "https://localhost:8443": what Origin must be on a POST */
} WebOptions;

/* Options' texts are copied. Errors: E_NO_MEMORY. */
MUST_USE Err web_new(const WebOptions *options, Web **ret_web);
void web_free(Web *web);
void web_freep(Web **web);

/* What the gateway calls for each request, from any of its threads. */
GatewayHandler web_handler(Web *web);

#endif
