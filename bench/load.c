/* A load client over TLS 1.3: some connections ask as fast as they are answered, and every answer's time is kept.
 * Must not count an answer of another status than the one expected as work done.
 * Run by bench/bench.py, once for each measurement. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

#define CONNECTIONS_MAX 512
#define SESSIONS_MAX 512
#define ANSWER_MAX ((size_t)4 << 20)
#define TIMES_MAX 2000000
#define TOKEN_MAX 256

enum way { WAY_READ, WAY_SAVE };

/* One signed-in browser: the address that it opens, and its cookies. */
typedef struct Session {
    char path[128];
    char cookie[256];
} Session;

typedef struct Plan {
    enum way way;
    uint16_t port;
    uint32_t connections;
    uint32_t session_count;
    int64_t warm_ns, end_ns;
    SSL_CTX *tls;
    Session sessions[SESSIONS_MAX];
} Plan;

typedef struct Client {
    const Plan *plan;
    pthread_t thread;
    uint32_t number;
    SSL *ssl;
    int fd;
    char *answer;
    size_t length;
    uint32_t *times_us;
    uint32_t count;
    uint32_t failed;
    uint64_t bytes;
    uint64_t asked; /* also while warming */
} Client;

static void die(const char *what)
{
    fprintf(stderr, "load: %s\n", what);
    exit(1);
}

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* ---- one connection ---- */

static void hang_up(Client *client)
{
    SSL_free(client->ssl);
    client->ssl = NULL;
    if (client->fd >= 0)
        close(client->fd);
    client->fd = -1;
}

static bool dial(Client *client)
{
    const struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(client->plan->port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int on = 1;

    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client->fd < 0 || connect(client->fd, (const struct sockaddr *)&to, sizeof to) != 0)
        return false;
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    client->ssl = SSL_new(client->plan->tls);
    return client->ssl && SSL_set1_host(client->ssl, "localhost") == 1 && SSL_set_fd(client->ssl, client->fd) == 1 &&
           SSL_connect(client->ssl) == 1;
}

static bool send_all(Client *client, const char *text, size_t length)
{
    return SSL_write(client->ssl, text, (int)length) == (int)length;
}

/* Where a header's value begins in the head, or NULL. Our front writes the names as they stand here. */
static const char *header(const char *head, const char *name)
{
    const char *at = strcasestr(head, name);

    return at ? at + strlen(name) : NULL;
}

/* Where a body in chunks ends, or SIZE_MAX while it is not all there. */
static size_t chunks_end(const char *answer, size_t at, size_t have)
{
    for (;;) {
        const char *line = memmem(answer + at, have - at, "\r\n", 2);
        if (!line)
            return SIZE_MAX;
        size_t size = strtoul(answer + at, NULL, 16);
        at = (size_t)(line + 2 - answer) + size + 2;
        if (at > have)
            return SIZE_MAX;
        if (size == 0)
            return at;
    }
}

/* Length of the whole answer whose head ends at `end`; SIZE_MAX while that is not known, 0 when it never will be. */
static size_t answer_length(const Client *client, const char *end, size_t have)
{
    size_t head = (size_t)(end + 4 - client->answer);
    const char *length = header(client->answer, "\r\nContent-Length: ");

    if (length && length < end)
        return head + (size_t)strtoul(length, NULL, 10);
    length = header(client->answer, "\r\nTransfer-Encoding: chunked");
    return length && length <= end ? chunks_end(client->answer, head, have) : 0;
}

/* The status; 0 when there was no whole answer. */
static int take_answer(Client *client)
{
    size_t have = 0, need = SIZE_MAX;
    const char *end = NULL;

    while (have < need) {
        int got = SSL_read(client->ssl, client->answer + have, (int)(ANSWER_MAX - 1 - have));
        if (got <= 0)
            return 0;
        have += (size_t)got;
        client->answer[have] = '\0';
        end = strstr(client->answer, "\r\n\r\n");
        need = end ? answer_length(client, end, have) : SIZE_MAX;
        if (need == 0 || (need != SIZE_MAX && need >= ANSWER_MAX))
            return 0;
    }
    client->length = have;
    int status = (int)strtol(client->answer + sizeof "HTTP/1.1", NULL, 10);
    /* The front closes a connection after a thousand requests, and says so. */
    const char *closes = header(client->answer, "\r\nConnection: close");
    if (closes && closes <= end)
        hang_up(client);
    return status;
}

static int ask(Client *client, const char *text, size_t length)
{
    if (!client->ssl && !dial(client)) {
        hang_up(client);
        return 0;
    }
    int status = send_all(client, text, length) ? take_answer(client) : 0;
    if (status == 0)
        hang_up(client);
    return status;
}

/* ---- what is measured ---- */

static void note_time(Client *client, int64_t start, bool good)
{
    int64_t now = now_ns();

    client->asked++;
    if (start < client->plan->warm_ns)
        return;
    if (!good) {
        client->failed++;
        return;
    }
    client->bytes += client->length;
    if (client->count < TIMES_MAX / client->plan->connections)
        client->times_us[client->count++] = (uint32_t)((now - start) / 1000);
}

/* headers: more of them, each with its end of line. */
static int get(Client *client, const Session *session, const char *tail, const char *headers)
{
    char text[1024];
    int length = snprintf(text, sizeof text,
                          "GET %s%s HTTP/1.1\r\nHost: localhost:%u\r\nSec-Fetch-Site: same-origin\r\n%sCookie: %s\r\n\r\n",
                          session->path, tail, client->plan->port, headers, session->cookie);

    return ask(client, text, (size_t)length);
}

static void read_once(Client *client, const Session *session)
{
    int64_t start = now_ns();

    note_time(client, start, get(client, session, "", "Accept-Encoding: gzip\r\n") == 200);
}

/* The form comes first and is not measured: each token saves once. */
static void save_once(Client *client, const Session *session)
{
    static const char mark[] = "name=\"form_token\" value=\"";
    char token[TOKEN_MAX], body[TOKEN_MAX + 128], text[2048];
    const char *at;

    if (get(client, session, "/ny/note", "") != 200 || !(at = strstr(client->answer, "/ny/note\"")) || !(at = strstr(at, mark))) {
        note_time(client, now_ns(), false);
        return;
    }
    at += sizeof mark - 1;
    size_t length = strcspn(at, "\"");
    if (length >= sizeof token)
        die("a form token is longer than expected");
    memcpy(token, at, length);
    token[length] = '\0';
    int body_length = snprintf(body, sizeof body, "form_token=%s&note_kind=1&text=Notat+%u-%llu", token, client->number,
                               (unsigned long long)client->asked);
    int text_length = snprintf(text, sizeof text,
                               "POST %s/ny/note HTTP/1.1\r\nHost: localhost:%u\r\nOrigin: https://localhost:%u\r\n"
                               "Sec-Fetch-Site: same-origin\r\nCookie: %s\r\n"
                               "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
                               session->path, client->plan->port, client->plan->port, session->cookie, body_length, body);
    int64_t start = now_ns();
    note_time(client, start, ask(client, text, (size_t)text_length) == 303);
}

static void *run(void *argument)
{
    Client *client = argument;
    const Plan *plan = client->plan;

    for (uint32_t turn = client->number; now_ns() < plan->end_ns; turn += plan->connections) {
        const Session *session = &plan->sessions[turn % plan->session_count];
        if (plan->way == WAY_READ)
            read_once(client, session);
        else
            save_once(client, &plan->sessions[client->number % plan->session_count]);
    }
    hang_up(client);
    return NULL;
}

/* ---- telling ---- */

static int compare(const void *one, const void *other)
{
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;

    return (a > b) - (a < b);
}

static void tell(const Plan *plan, Client *clients, double seconds)
{
    uint32_t *all = calloc(TIMES_MAX, sizeof *all);
    uint32_t count = 0, failed = 0;
    uint64_t bytes = 0, asked = 0;

    if (!all)
        die("no memory");
    for (uint32_t i = 0; i < plan->connections; i++) {
        memcpy(all + count, clients[i].times_us, clients[i].count * sizeof *all);
        count += clients[i].count;
        failed += clients[i].failed;
        bytes += clients[i].bytes;
        asked += clients[i].asked;
    }
    qsort(all, count, sizeof *all, compare);
    printf("{\"asked\":%llu,\"count\":%u,\"failed\":%u,\"a_second\":%.1f,\"p50_ms\":%.3f,\"p90_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,"
           "\"bytes\":%.0f}\n",
           (unsigned long long)asked, count, failed, count / seconds, count ? all[count / 2] / 1e3 : 0, count ? all[(size_t)count * 9 / 10] / 1e3 : 0,
           count ? all[(size_t)count * 99 / 100] / 1e3 : 0, count ? all[count - 1] / 1e3 : 0,
           count ? (double)bytes / count : 0);
    free(all);
}

/* Lines of "path cookie" from standard input. */
static void read_sessions(Plan *plan)
{
    Session *session = plan->sessions;

    while (plan->session_count < SESSIONS_MAX && scanf("%127s %255[^\n]", session->path, session->cookie) == 2)
        session = &plan->sessions[++plan->session_count];
    if (plan->session_count == 0)
        die("no sessions on standard input");
}

static uint32_t number(const char *text, uint32_t most)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);

    if (*text == '\0' || *end != '\0' || value < 1 || value > most)
        die("a number is out of range");
    return (uint32_t)value;
}

static void start_all(Plan *plan, Client *clients, uint32_t seconds)
{
    plan->warm_ns = now_ns() + INT64_C(1000000000);
    plan->end_ns = plan->warm_ns + (int64_t)seconds * 1000000000;
    for (uint32_t i = 0; i < plan->connections; i++) {
        clients[i] = (Client){.plan = plan, .number = i, .fd = -1, .answer = malloc(ANSWER_MAX),
                              .times_us = calloc(TIMES_MAX / plan->connections, sizeof(uint32_t))};
        if (!clients[i].answer || !clients[i].times_us ||
            pthread_create(&clients[i].thread, NULL, run, &clients[i]) != 0)
            die("a connection could not be prepared");
    }
}

int main(int argc, char **argv)
{
    static Plan plan;
    static Client clients[CONNECTIONS_MAX];

    if (argc != 6 || (strcmp(argv[1], "read") != 0 && strcmp(argv[1], "save") != 0))
        die("usage: load read|save PORT CERTIFICATE CONNECTIONS SECONDS < lines of 'path cookie'; one second of warming first");
    plan.way = strcmp(argv[1], "save") == 0 ? WAY_SAVE : WAY_READ;
    plan.port = (uint16_t)number(argv[2], 65535);
    plan.connections = number(argv[4], CONNECTIONS_MAX);
    plan.tls = SSL_CTX_new(TLS_client_method());
    if (!plan.tls || SSL_CTX_load_verify_locations(plan.tls, argv[3], NULL) != 1)
        die("the certificate cannot be read");
    SSL_CTX_set_verify(plan.tls, SSL_VERIFY_PEER, NULL);
    read_sessions(&plan);
    uint32_t seconds = number(argv[5], 3600);
    start_all(&plan, clients, seconds);
    for (uint32_t i = 0; i < plan.connections; i++)
        pthread_join(clients[i].thread, NULL);
    tell(&plan, clients, seconds);
    return 0;
}
