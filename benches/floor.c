/* floor: what the machine allows, measured without the library: the least that each figure could be.
 *
 *   queue        a message handed to a sleeping thread: mutex, condition variable, strdup
 *   socket       a message through a Unix socket to another process
 *   commit       a row into SQLite (WAL, synchronous=FULL), one commit a row
 *   group        the same, 100 rows a commit
 *   two          a row committed, a byte through a Unix socket, the row read by another process
 *   page         20 rows by index
 *
 * A row is about 300 bytes, in a table with a primary key and two indexes that 20 000 rows are in already, so that the
 * write-ahead log has its full length, as it has in a service that has run for a while.
 *
 * usage: floor KIND [EMPTY DIRECTORY] [TIMES]
 */
#include <pthread.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include "bench.h"

#define MESSAGE_SIZE 438
#define FILLED 20000

/* ---- a thread ---- */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static char *slot;
static struct answer taken;
static volatile size_t kept;

static void *take(void *unused) {
    for (;;) {
        pthread_mutex_lock(&mutex);
        while (slot == NULL) pthread_cond_wait(&filled, &mutex);
        char *message = slot;
        slot = NULL;
        pthread_mutex_unlock(&mutex);
        taken.at = now_ns();
        kept += strlen(message);
        if (message[0] == '\0') return unused;
        free(message);
        sem_post(&taken.given);
    }
}

static void queue(size_t times) {
    char message[MESSAGE_SIZE + 1];
    pthread_t thread;
    struct series latency = series_of(times);
    answer_init(&taken, 0);
    memset(message, 'x', MESSAGE_SIZE);
    message[MESSAGE_SIZE] = '\0';
    if (pthread_create(&thread, NULL, take, NULL) != 0) DIE("pthread_create");
    for (size_t i = 0; i < times + times / 10; i++) {
        uint64_t before = now_ns();
        char *copy = strdup(message);
        pthread_mutex_lock(&mutex);
        slot = copy;
        pthread_cond_signal(&filled);
        pthread_mutex_unlock(&mutex);
        answer_wait(&taken);
        if (i >= times / 10) series_add(&latency, taken.at - before);
    }
    report_series("floor_queue", &latency);
}

/* ---- a process ---- */

static void all(ssize_t done, size_t wanted) {
    if (done != (ssize_t)wanted) _exit(done == 0 ? 0 : 1);
}

static void through_socket(size_t times) {
    char message[MESSAGE_SIZE] = {0};
    int end[2];
    uint64_t at;
    struct series latency = series_of(times);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, end) != 0) DIE("socketpair");
    fflush(stdout);
    pid_t other = fork();
    if (other == 0) {
        close(end[0]);
        for (;;) {
            all(recv(end[1], message, sizeof message, MSG_WAITALL), sizeof message);
            at = now_ns();
            all(send(end[1], &at, sizeof at, 0), sizeof at);
        }
    }
    close(end[1]);
    for (size_t i = 0; i < times + times / 10; i++) {
        uint64_t before = now_ns();
        all(send(end[0], message, sizeof message, 0), sizeof message);
        all(recv(end[0], &at, sizeof at, MSG_WAITALL), sizeof at);
        if (i >= times / 10) series_add(&latency, at - before);
    }
    close(end[0]);
    waitpid(other, NULL, 0);
    report_series("floor_socket", &latency);
}

/* ---- SQLite ---- */

static sqlite3 *db;
static sqlite3_stmt *insert, *begin_unit, *commit_unit;
static int64_t next_row;

static void check(int code, const char *what) {
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) DIE("%s: %s", what, sqlite3_errstr(code));
}

static sqlite3_stmt *prepared(const char *sql) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), sql);
    return statement;
}

static void do_it(sqlite3_stmt *statement) {
    check(sqlite3_step(statement), sqlite3_sql(statement));
    sqlite3_reset(statement);
}

static void open_store(const char *directory) {
    char path[512];
    snprintf(path, sizeof path, "%s/floor.db", directory);
    check(sqlite3_open(path, &db), path);
    check(sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000;", 0, 0, 0),
          "pragma");
    check(sqlite3_exec(
              db,
              "CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY, conv TEXT NOT NULL, seq INTEGER NOT NULL,"
              " sender TEXT NOT NULL, client_time INTEGER NOT NULL, server_time INTEGER NOT NULL,"
              " rand INTEGER NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL);"
              "CREATE UNIQUE INDEX IF NOT EXISTS by_seq ON message (conv, seq);"
              "CREATE INDEX IF NOT EXISTS by_time ON message (conv, server_time);",
              0, 0, 0),
          "schema");
    insert = prepared("INSERT INTO message (id, conv, seq, sender, client_time, server_time, rand, status, body)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    begin_unit = prepared("BEGIN IMMEDIATE");
    commit_unit = prepared("COMMIT");
    sqlite3_stmt *newest = prepared("SELECT coalesce(max(id), 0) FROM message");
    check(sqlite3_step(newest), "max");
    next_row = sqlite3_column_int64(newest, 0) + 1;
    sqlite3_finalize(newest);
}

static void add_row(void) {
    static char body[220];
    char conv[32];
    int64_t id = next_row++;
    memset(body, 'b', sizeof body);
    int n = snprintf(conv, sizeof conv, "c2c_user_%d", (int)(id % 50));
    sqlite3_bind_int64(insert, 1, id);
    sqlite3_bind_text(insert, 2, conv, n, SQLITE_TRANSIENT);
    sqlite3_bind_int64(insert, 3, id);
    sqlite3_bind_text(insert, 4, "user_alice", 10, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 5, 1767225600000000 + id);
    sqlite3_bind_int64(insert, 6, 1767225600000000 + id);
    sqlite3_bind_int64(insert, 7, (id * 2654435761u) & 0xffffffff);
    sqlite3_bind_int(insert, 8, 2);
    sqlite3_bind_text(insert, 9, body, sizeof body, SQLITE_STATIC);
    do_it(insert);
}

static void add_rows(size_t rows) {
    do_it(begin_unit);
    for (size_t i = 0; i < rows; i++) add_row();
    do_it(commit_unit);
}

static void fill(void) {
    if (next_row != 1) DIE("the directory is not empty");
    add_rows(FILLED);
}

static void commits(size_t times) {
    struct series latency = series_of(times);
    for (size_t i = 0; i < times + times / 10; i++) {
        uint64_t before = now_ns();
        add_row();
        if (i >= times / 10) series_add(&latency, now_ns() - before);
    }
    report_series("floor_commit", &latency);
}

static void group(size_t rows) {
    uint64_t begin = now_ns();
    for (size_t i = 0; i < rows; i += 100) add_rows(100);
    report("floor_group", (double)rows / ((double)(now_ns() - begin) / 1e9), "rows/s");
}

static void two_processes(const char *directory, size_t times) {
    int end[2];
    int64_t id = 0;
    uint64_t at;
    struct series latency = series_of(times);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, end) != 0) DIE("socketpair");
    fflush(stdout);
    pid_t other = fork();
    if (other == 0) {
        close(end[0]);
        all(recv(end[1], &id, sizeof id, MSG_WAITALL), sizeof id);
        open_store(directory);
        sqlite3_stmt *find = prepared("SELECT seq, body FROM message WHERE id = ?1");
        for (;;) {
            all(recv(end[1], &id, sizeof id, MSG_WAITALL), sizeof id);
            sqlite3_bind_int64(find, 1, id);
            if (sqlite3_step(find) != SQLITE_ROW || sqlite3_column_bytes(find, 1) == 0) DIE("the row is not there");
            sqlite3_reset(find);
            at = now_ns();
            all(send(end[1], &at, sizeof at, 0), sizeof at);
        }
    }
    close(end[1]);
    open_store(directory);
    fill();
    all(send(end[0], &id, sizeof id, 0), sizeof id);
    for (size_t i = 0; i < times + times / 10; i++) {
        uint64_t before = now_ns();
        id = next_row;
        add_row();
        all(send(end[0], &id, sizeof id, 0), sizeof id);
        all(recv(end[0], &at, sizeof at, MSG_WAITALL), sizeof at);
        if (i >= times / 10) series_add(&latency, at - before);
    }
    close(end[0]);
    waitpid(other, NULL, 0);
    report_series("floor_two", &latency);
}

static void page(size_t times) {
    struct series latency = series_of(times);
    sqlite3_stmt *find = prepared("SELECT id, seq, sender, client_time, server_time, rand, status, body FROM message"
                                  " WHERE conv = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT 20");
    for (size_t i = 0; i < times; i++) {
        uint64_t before = now_ns();
        sqlite3_bind_text(find, 1, "c2c_user_7", -1, SQLITE_STATIC);
        sqlite3_bind_int64(find, 2, FILLED - (int64_t)(i % 10000));
        while (sqlite3_step(find) == SQLITE_ROW) kept += (size_t)sqlite3_column_bytes(find, 7);
        sqlite3_reset(find);
        series_add(&latency, now_ns() - before);
    }
    report_series("floor_page", &latency);
}

int main(int argc, char **argv) {
    const char *kind = argc > 1 ? argv[1] : "", *directory = argc > 2 ? argv[2] : ".";
    if (strcmp(kind, "queue") == 0) return queue((size_t)argument(argc, argv, 3, 20000)), 0;
    if (strcmp(kind, "socket") == 0) return through_socket((size_t)argument(argc, argv, 3, 5000)), 0;
    if (strcmp(kind, "two") == 0) return two_processes(directory, (size_t)argument(argc, argv, 3, 300)), 0;
    open_store(directory);
    fill();
    if (strcmp(kind, "commit") == 0) commits((size_t)argument(argc, argv, 3, 300));
    else if (strcmp(kind, "group") == 0) group((size_t)argument(argc, argv, 3, 20000));
    else if (strcmp(kind, "page") == 0) page((size_t)argument(argc, argv, 3, 2000));
    else DIE("usage: %s queue|socket|commit|group|two|page [DIRECTORY] [TIMES]", argv[0]);
    return 0;
}
