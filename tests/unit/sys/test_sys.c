#include "support/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/clock_file.h"
#include "sys/file.h"
#include "sys/log.h"
#include "sys/poller.h"
#include "sys/sandbox.h"
#include "sys/socket.h"
#include "sys/thread.h"
#include "sys/user.h"
#include "sys/world.h"

/* A folder for one test, removed at its end. */
typedef struct Folder {
    char path[64];
    char file[96];
    char socket[96];
} Folder;

static Folder folder_new(void)
{
    Folder folder = {.path = "/tmp/stafettlogg-test-XXXXXX"};
    if (!mkdtemp(folder.path))
        abort();
    snprintf(folder.file, sizeof folder.file, "%s/file", folder.path);
    snprintf(folder.socket, sizeof folder.socket, "%s/socket", folder.path);
    return folder;
}

static void folder_done(Folder *folder)
{
    unlink(folder->file);
    unlink(folder->socket);
    rmdir(folder->path);
}

#define TEST_FOLDER(name) AUTO(folder_done) Folder name = folder_new()

static unsigned mode_of(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0 ? (unsigned)about.st_mode & 07777 : 0;
}

TEST(a_clock_set_back_by_more_than_the_tolerance_is_refused)
{
    int64_t now = 7;
    EXPECT_ERR(clock_judge(10000, 10000 - CLOCK_TOLERANCE_MS - 1, &now), E_CLOCK);
    EXPECT(now == 7);
}

TEST(a_clock_set_back_a_little_repeats_the_newest_time)
{
    int64_t now = 0;
    EXPECT_OK(clock_judge(10000, 10000 - CLOCK_TOLERANCE_MS, &now));
    EXPECT(now == 10000);
    EXPECT_OK(clock_judge(10000, 10001, &now));
    EXPECT(now == 10001);
}

TEST(time_moves_on_demand_in_test_mode_only_and_forward_only)
{
    Clock real;
    Clock test;
    int64_t before;
    int64_t after;

    clock_init(&real, false);
    clock_init(&test, true);
    EXPECT_ERR(clock_advance(&real, 1), E_MODE);
    EXPECT_ERR(clock_advance(&test, -1), E_RANGE);
    EXPECT_ERR(clock_advance(&test, INT64_MAX), E_RANGE);
    EXPECT_OK(clock_now(&test, &before));
    EXPECT_OK(clock_advance(&test, 3600000));
    EXPECT_OK(clock_now(&test, &after));
    EXPECT(after >= before + 3600000 && after < before + 3660000);
}

TEST(the_clock_of_a_test_may_begin_some_time_ago_until_it_has_told_a_time_and_no_other_clock_may)
{
    Clock real, test;
    int64_t now = 0, later = 0;

    clock_init(&real, false);
    clock_init(&test, true);
    EXPECT_ERR(clock_begin_ago(&real, 1000), E_MODE);
    EXPECT_ERR(clock_begin_ago(&test, -1), E_RANGE);
    EXPECT_ERR(clock_begin_ago(&test, INT64_MAX), E_RANGE);
    EXPECT_OK(clock_now(&real, &now));
    EXPECT_OK(clock_begin_ago(&test, 86400000));
    EXPECT_OK(clock_now(&test, &later));
    EXPECT(later >= now - 86400000 && later < now - 86400000 + 60000);
    EXPECT_ERR(clock_begin_ago(&test, 86400000), E_CLOCK);
    EXPECT_OK(clock_advance(&test, 86400000));
    EXPECT_OK(clock_now(&test, &later));
    EXPECT(later >= now && later < now + 60000);
}

TEST(a_file_says_how_far_the_clock_of_a_test_was_moved_or_how_long_ago_it_begins_and_never_moves_one_back)
{
    TEST_FOLDER(folder);
    char path[160];
    Clock real, ago, moved;
    int64_t now = 0, later = 0;

    clock_init(&real, false);
    clock_init(&ago, true);
    clock_init(&moved, true);
    snprintf(path, sizeof path, "%s/clock", folder.path);
    EXPECT_OK(file_write(path, STR("-864000000\n"), 0600));
    EXPECT_ERR(clock_file_read(path, &real), E_MODE);
    EXPECT_OK(clock_now(&real, &now));
    EXPECT_OK(clock_file_read(path, &ago));
    EXPECT_OK(clock_now(&ago, &later));
    EXPECT(later >= now - 864000000 && later < now - 864000000 + 60000);
    EXPECT_OK(clock_now(&moved, &later));
    EXPECT_ERR(clock_file_read(path, &moved), E_CLOCK);
    EXPECT_OK(clock_advance(&moved, 1000));
    EXPECT_OK(clock_file_read(path, &moved));
    EXPECT(atomic_load(&moved.offset_ms) == 1000);
    EXPECT_OK(file_write(path, STR("--5\n"), 0600));
    clock_init(&ago, true);
    EXPECT(!is_ok(clock_file_read(path, &ago)) && atomic_load(&ago.offset_ms) == 0);
}

TEST(two_random_ids_differ)
{
    Clock clock;
    Id a;
    Id b;

    clock_init(&clock, false);
    World world = world_real(&clock);
    EXPECT_OK(world_id(&world, &a));
    EXPECT_OK(world_id(&world, &b));
    EXPECT(!id_equal(a, b) && !id_is_none(a));
}

TEST(a_file_larger_than_the_cap_a_missing_one_and_a_folder_are_not_read)
{
    TEST_ARENA(arena);
    TEST_FOLDER(folder);
    Str content = STR_NONE;

    EXPECT_ERR(file_read(folder.file, 100, arena, &content), E_NOT_FOUND);
    EXPECT_ERR(file_read(folder.path, 100, arena, &content), E_FORBIDDEN);
    EXPECT_OK(file_write(folder.file, STR("12345"), 0600));
    EXPECT_ERR(file_read(folder.file, 4, arena, &content), E_TOO_LARGE);
    EXPECT(content.data == NULL);
}

TEST(a_written_file_has_the_content_and_exactly_the_mode_asked_for)
{
    TEST_ARENA(arena);
    TEST_FOLDER(folder);
    Str content = STR_NONE;
    mode_t before = umask(0077);

    EXPECT_OK(file_write(folder.file, STR("first"), 0600));
    EXPECT_OK(file_write(folder.file, STR("second, longer"), 0644));
    umask(before);
    EXPECT_OK(file_read(folder.file, 100, arena, &content));
    EXPECT_STR(content, "second, longer");
    EXPECT(mode_of(folder.file) == 0644);
    EXPECT_OK(file_overwrite(folder.file, STR("third")));
    EXPECT_OK(file_read(folder.file, 100, arena, &content));
    EXPECT_STR(content, "third");
    EXPECT_OK(file_remove(folder.file));
    EXPECT_OK(file_remove(folder.file));
    EXPECT_ERR(file_overwrite(folder.file, STR("x")), E_NOT_FOUND);
}

TEST(a_folder_that_others_can_enter_is_refused_as_private)
{
    TEST_FOLDER(folder);

    EXPECT_OK(folder_create_private(folder.path));
    EXPECT(chmod(folder.path, 0750) == 0);
    EXPECT_ERR(folder_create_private(folder.path), E_FORBIDDEN);
    EXPECT_ERR(folder_create_private("/tmp/no-such-folder-here/x"), E_NOT_FOUND);
}

TEST(a_lock_is_held_by_one_at_a_time)
{
    TEST_FOLDER(folder);
    AUTO(fd_closep) int first = -1;
    AUTO(fd_closep) int second = -1;

    EXPECT_OK(file_lock(folder.file, &first));
    EXPECT_ERR(file_lock(folder.file, &second), E_BUSY);
    fd_closep(&first);
    EXPECT_OK(file_lock(folder.file, &second));
}

TEST(a_socket_that_is_answered_on_is_not_taken_over_but_a_stale_one_is)
{
    TEST_FOLDER(folder);
    AUTO(fd_closep) int first = -1;
    AUTO(fd_closep) int second = -1;
    Listen where = {.path = folder.socket, .kind = SOCKET_PACKET, .mode = 0660};

    EXPECT_OK(socket_listen(where, &first));
    EXPECT(mode_of(folder.socket) == 0660);
    EXPECT_ERR(socket_listen(where, &second), E_BUSY);
    fd_closep(&first);
    EXPECT_OK(socket_listen(where, &second));
    EXPECT((fcntl(second, F_GETFD) & FD_CLOEXEC) != 0);
}

TEST(nobody_listening_is_told_apart_from_a_path_too_long)
{
    char path[200];
    AUTO(fd_closep) int fd = -1;

    memset(path, 'x', sizeof path);
    path[sizeof path - 1] = 0;
    EXPECT_ERR(socket_connect("/tmp/no-such-socket-here", SOCKET_STREAM, 100, &fd), E_NOT_FOUND);
    EXPECT_ERR(socket_connect(path, SOCKET_STREAM, 100, &fd), E_TOO_LARGE);
}

TEST(the_kernel_names_the_peer_of_a_connection)
{
    TEST_FOLDER(folder);
    AUTO(fd_closep) int listening = -1;
    AUTO(fd_closep) int caller = -1;
    AUTO(fd_closep) int called = -1;
    Peer peer;

    EXPECT_OK(socket_listen((Listen){.path = folder.socket, .kind = SOCKET_PACKET, .mode = 0600}, &listening));
    EXPECT_ERR(socket_accept(listening, &called), E_BUSY);
    EXPECT_OK(socket_connect(folder.socket, SOCKET_PACKET, 1000, &caller));
    EXPECT_OK(socket_accept(listening, &called));
    EXPECT_OK(socket_peer(called, &peer));
    EXPECT(peer.process == getpid() && peer.user == geteuid() && peer.group == getegid());
}

TEST(a_packet_arrives_whole_or_not_at_all)
{
    int ends[2];
    char room[8];
    size_t length = 99;

    EXPECT_OK(socket_pair(SOCKET_PACKET, ends));
    EXPECT_ERR(socket_receive_packet(ends[1], room, sizeof room, 20, &length), E_BUSY);
    EXPECT_OK(socket_send_packet(ends[0], STR("ninebytes"), 1000));
    EXPECT_OK(socket_send_packet(ends[0], STR("eight by"), 1000));
    EXPECT_ERR(socket_receive_packet(ends[1], room, sizeof room, 1000, &length), E_TOO_LARGE);
    EXPECT(length == 99);
    EXPECT_OK(socket_receive_packet(ends[1], room, sizeof room, 1000, &length));
    EXPECT_STR(str_from_bytes(room, length), "eight by");
    fd_close(ends[0]);
    EXPECT_OK(socket_receive_packet(ends[1], room, sizeof room, 1000, &length));
    EXPECT(length == 0);
    EXPECT_ERR(socket_send_packet(ends[1], STR("x"), 1000), E_TRUNCATED);
    fd_close(ends[1]);
}

TEST(a_socket_that_sleeps_in_its_calls_wakes_for_what_comes_and_when_its_time_is_over)
{
    int ends[2];
    char room[8];
    size_t length = 0;

    EXPECT_OK(socket_pair(SOCKET_PACKET, ends));
    EXPECT_OK(socket_sleep_in_calls(ends[1], 20));
    EXPECT_ERR(socket_receive_packet(ends[1], room, sizeof room, 20, &length), E_BUSY);
    EXPECT_OK(socket_send_packet(ends[0], STR("abc"), 1000));
    EXPECT_OK(socket_receive_packet(ends[1], room, sizeof room, 20, &length));
    EXPECT(length == 3);
    fd_close(ends[0]);
    EXPECT_OK(socket_receive_packet(ends[1], room, sizeof room, 20, &length));
    EXPECT(length == 0);
    fd_close(ends[1]);
}

TEST(a_stream_that_ends_early_or_stays_silent_is_noticed)
{
    int ends[2];
    char room[8];

    EXPECT_OK(socket_pair(SOCKET_STREAM, ends));
    EXPECT_OK(socket_send(ends[0], STR("abc"), 1000));
    EXPECT_ERR(socket_receive_exactly(ends[1], room, 4, 20), E_BUSY);
    EXPECT_OK(socket_send(ends[0], STR("abc"), 1000));
    socket_finish(ends[0]);
    EXPECT_ERR(socket_receive_exactly(ends[1], room, 4, 1000), E_TRUNCATED);
    fd_close(ends[0]);
    fd_close(ends[1]);
}

TEST(a_send_that_nobody_reads_ends_with_its_time_out)
{
    TEST_ARENA(arena);
    int ends[2];
    char *bytes = NULL;

    EXPECT_OK(ARENA_NEW(arena, char, 4 << 20, &bytes));
    EXPECT_OK(socket_pair(SOCKET_STREAM, ends));
    EXPECT_ERR(socket_send(ends[0], str_from_bytes(bytes, 4 << 20), 50), E_BUSY);
    fd_close(ends[0]);
    fd_close(ends[1]);
}

TEST(a_log_line_has_its_priority_and_only_words_ids_and_numbers)
{
    char line[256];
    Id id = {.bytes = {0xab}};
    LogField fields[] = {log_word("route", "log.read"), log_number("status", 200), log_id("request", id),
                         log_error("error", ok()), log_word("name", "Kari Nordmann"), log_word("who", NULL)};

    size_t length = log_line(line, sizeof line, &(LogLine){.level = LOG_LEVEL_INFO, .event = "request", .fields = fields, .count = COUNT_OF(fields)});
    EXPECT_STR(str_from_bytes(line, length), "<6>event=request route=log.read status=200 "
                                             "request=ab000000000000000000000000000000 error=OK name=? who=?\n");
}

TEST(an_error_in_a_log_line_says_where_it_was_made_from_the_root_of_the_sources)
{
    char line[256];
    const Err made = {.id = E_STORE, .line = 88, .file = "../../src/store/writer.c"};
    LogField fields[] = {log_error("result", made), log_number("ms", 3)};

    size_t length = log_line(line, sizeof line, &(LogLine){.level = LOG_LEVEL_ERROR, .event = "request", .fields = fields, .count = COUNT_OF(fields)});
    EXPECT_STR(str_from_bytes(line, length), "<3>event=request result=STORE at=src/store/writer.c:88 ms=3\n");
}

TEST(a_log_line_longer_than_its_room_is_cut_and_still_a_line)
{
    char line[24];
    LogField fields[] = {log_word("route", "a.rather.long.route")};

    size_t length = log_line(line, sizeof line, &(LogLine){.level = LOG_LEVEL_ERROR, .event = "x", .fields = fields, .count = 1});
    EXPECT(length < sizeof line && line[length - 1] == '\n' && line[length] == 0);
}

typedef struct Counter {
    Mutex mutex;
    Condition changed;
    int count;
} Counter;

static void *count_once(void *argument)
{
    Counter *counter = argument;
    mutex_lock(&counter->mutex);
    counter->count++;
    condition_wake_all(&counter->changed);
    mutex_unlock(&counter->mutex);
    return NULL;
}

TEST(a_waiting_thread_is_woken_and_a_wait_in_vain_ends)
{
    Counter counter = {.count = 0};
    Thread thread;

    mutex_init(&counter.mutex);
    condition_init(&counter.changed);
    mutex_lock(&counter.mutex);
    EXPECT(!condition_wait_for(&counter.changed, &counter.mutex, 10));
    EXPECT_OK(thread_start(&thread, count_once, &counter));
    while (counter.count == 0)
        condition_wait(&counter.changed, &counter.mutex);
    mutex_unlock(&counter.mutex);
    thread_join(thread);
    EXPECT(counter.count == 1);
    condition_done(&counter.changed);
    mutex_done(&counter.mutex);
}

TEST(a_one_shot_watch_tells_once_until_it_is_armed_again)
{
    AUTO(fd_closep) int poller = -1;
    AUTO(fd_closep) int wake = -1;
    void *tags[4];
    size_t count;

    EXPECT_OK(poller_open(&poller));
    EXPECT_OK(wake_open(&wake));
    EXPECT_OK(poller_watch_once(poller, wake, &wake));
    EXPECT_OK(poller_wait(poller, tags, 4, 0, &count));
    EXPECT(count == 0);
    wake_ring(wake);
    EXPECT_OK(poller_wait(poller, tags, 4, 1000, &count));
    EXPECT(count == 1 && tags[0] == &wake);
    EXPECT_OK(poller_wait(poller, tags, 4, 0, &count));
    EXPECT(count == 0);
    EXPECT_OK(poller_rearm(poller, wake, &wake));
    EXPECT_OK(poller_wait(poller, tags, 4, 1000, &count));
    EXPECT(count == 1);
    wake_clear(wake);
}

/* Runs act in a child; its exit status, or minus the signal that ended it. */
static int in_a_child(int (*act)(const Folder *), const Folder *folder)
{
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(act(folder));
    if (child < 0 || waitpid(child, &status, 0) != child)
        abort();
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int opens_outside_its_paths(const Folder *folder)
{
    PathReport report;
    PathRule rules[] = {{.path = folder->path, .right = PATH_WRITE}, {.path = "/no/such/place", .right = PATH_READ}};

    if (!is_ok(sandbox_paths(rules, COUNT_OF(rules), true, &report)))
        return 1;
    if (report.state == SANDBOX_ABSENT)
        return 77;
    if (report.rules != 1)
        return 2;
    if (!is_ok(file_write(folder->file, STR("mine"), 0600)))
        return 3;
    return open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0 ? 4 : 0;
}

TEST(under_landlock_only_the_named_paths_open)
{
    TEST_FOLDER(folder);
    int result = in_a_child(opens_outside_its_paths, &folder);
    if (result == 77)
        print_message("# SKIP: this kernel has no Landlock; nothing was shown\n");
    EXPECT(result == 0 || result == 77);
}

static int makes_a_call_outside_its_list(const Folder *folder)
{
    static const char *const calls[] = {"read", "write", "close"};
    SandboxState state;

    (void)folder;
    if (!is_ok(sandbox_calls(calls, COUNT_OF(calls), &state)))
        return 1;
    if (state != SANDBOX_IN_FORCE)
        return state == SANDBOX_SKIPPED ? 77 : 78;
    return getppid() > 0 ? 2 : 3;
}

TEST(under_seccomp_a_call_outside_the_list_ends_the_process)
{
    TEST_FOLDER(folder);
    int result = in_a_child(makes_a_call_outside_its_list, &folder);
    if (result >= 77)
        print_message("# SKIP: no seccomp (sanitizer build, or absent); nothing was shown\n");
    EXPECT(result == -31 || result >= 77); /* SIGSYS */
}

static int is_private(const Folder *folder)
{
    struct rlimit core;

    (void)folder;
    if (!is_ok(sandbox_private_memory()))
        return 1;
    return getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0 ? 0 : 2;
}

TEST(private_memory_leaves_no_core_behind)
{
    TEST_FOLDER(folder);
    EXPECT(in_a_child(is_private, &folder) == 0);
}

TEST(a_user_is_told_by_name_in_the_bytes_of_an_id)
{
    Id identity = user_identity(0);
    EXPECT(memcmp(identity.bytes, "unix:root\0\0\0\0\0\0\0", ID_BYTES) == 0);
}

TEST(a_user_without_a_name_is_told_by_number)
{
    Id identity = user_identity(4294967000);
    EXPECT(memcmp(identity.bytes, "unix:#4294967000", ID_BYTES) == 0);
}

TEST(a_user_or_group_is_found_by_name_and_by_number_and_an_unknown_one_is_not)
{
    int64_t number = 7;

    EXPECT_ERR(user_number("no-such-user-here", &number), E_NOT_FOUND);
    EXPECT_ERR(group_number("no-such-group-here", &number), E_NOT_FOUND);
    EXPECT(number == 7);
    EXPECT_OK(user_number("root", &number));
    EXPECT(number == 0);
    EXPECT_OK(group_number("4711", &number));
    EXPECT(number == 4711);
}

TEST(an_alarm_that_repeats_is_told_once_a_minute_with_how_many_came_since)
{
    uint32_t untold = 9;

    EXPECT(log_alarm_due(E_BUDGET, 5000, &untold) && untold == 0);
    for (int i = 0; i < 7; i++)
        EXPECT(!log_alarm_due(E_BUDGET, 5000 + i, &untold));
    EXPECT(log_alarm_due(E_FORGED, 5000, &untold) && untold == 0);
    EXPECT(!log_alarm_due(E_BUDGET, 5000 + LOG_AGAIN_MS - 1, &untold));
    EXPECT(log_alarm_due(E_BUDGET, 5000 + LOG_AGAIN_MS, &untold) && untold == 8);
}

RUN_TESTS("sys")
