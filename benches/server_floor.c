/* server_floor: what PostgreSQL and NATS allow, measured without the library: the least that a server's figures could be.
 *
 *   insert       a row into PostgreSQL, one commit a row
 *   inserts      the same over 16 connections at once
 *   deliver      a row committed, a message through NATS, until another process has it
 *
 * The row is that of `floor`: about 300 bytes, in a table with a primary key and two indexes.
 *
 * usage: server_floor insert|inserts|deliver CONNINFO NATS_PORT [TIMES]
 */
#include <arpa/inet.h>
#include <libpq-fe.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include "bench.h"

#define SENDERS 16
#define MESSAGE_SIZE 438
#define FILLED 5000

/* ---- PostgreSQL ---- */

static const char *conninfo;
static _Atomic long next_row;
static char body[221];

static void check(PGconn *db, PGresult *result, const char *what) {
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) DIE("%s: %s", what, PQerrorMessage(db));
    PQclear(result);
}

static PGconn *connected(void) {
    PGconn *db = PQconnectdb(conninfo);
    if (PQstatus(db) != CONNECTION_OK) DIE("%s", PQerrorMessage(db));
    return db;
}

static PGconn *prepared(void) {
    PGconn *db = connected();
    check(db,
          PQprepare(db, "insert",
                    "INSERT INTO message (conv, seq, sender, client_time, server_time, rand, status, body)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    8, NULL),
          "prepare");
    return db;
}

static void add_row(PGconn *db) {
    char conv[32], seq[24], at[24], rand[24];
    long id = next_row++;
    snprintf(conv, sizeof conv, "c2c_user_%ld", id % 50);
    snprintf(seq, sizeof seq, "%ld", id);
    snprintf(at, sizeof at, "%ld", 1767225600000000 + id);
    snprintf(rand, sizeof rand, "%ld", id * 2654435761 & 0x7fffffff);
    const char *values[] = {conv, seq, "user_alice", at, at, rand, "2", body};
    check(db, PQexecPrepared(db, "insert", 8, values, NULL, NULL, 0), "insert");
}

static PGconn *open_store(void) {
    PGconn *db = connected();
    memset(body, 'b', sizeof body - 1);
    check(db,
          PQexec(db, "SET client_min_messages = warning; DROP TABLE IF EXISTS message;"
                     "CREATE TABLE message (id bigserial PRIMARY KEY, conv text NOT NULL, seq bigint NOT NULL,"
                     " sender text NOT NULL, client_time bigint NOT NULL, server_time bigint NOT NULL,"
                     " rand bigint NOT NULL, status int NOT NULL, body text NOT NULL);"
                     "CREATE UNIQUE INDEX message_seq ON message (conv, seq);"
                     "CREATE INDEX message_time ON message (conv, server_time)"),
          "schema");
    PQfinish(db);
    db = prepared();
    check(db, PQexec(db, "BEGIN"), "BEGIN");
    while (next_row < FILLED) add_row(db);
    check(db, PQexec(db, "COMMIT"), "COMMIT");
    return db;
}

static void insert(size_t times) {
    PGconn *db = open_store();
    struct series latency = series_of(times);
    for (size_t i = 0; i < times + times / 10; i++) {
        uint64_t before = now_ns();
        add_row(db);
        if (i >= times / 10) series_add(&latency, now_ns() - before);
    }
    report_series("floor_insert", &latency);
    PQfinish(db);
}

static size_t each;

static void *write_rows(void *db) {
    for (size_t i = 0; i < each; i++) add_row(db);
    return NULL;
}

static void inserts(size_t times) {
    pthread_t threads[SENDERS];
    PGconn *connections[SENDERS];
    PQfinish(open_store());
    each = times / SENDERS;
    for (int i = 0; i < SENDERS; i++) connections[i] = prepared();
    uint64_t begin = now_ns();
    for (int i = 0; i < SENDERS; i++)
        if (pthread_create(&threads[i], NULL, write_rows, connections[i]) != 0) DIE("pthread_create");
    for (int i = 0; i < SENDERS; i++) pthread_join(threads[i], NULL);
    report("floor_inserts", (double)(each * SENDERS) / ((double)(now_ns() - begin) / 1e9), "rows/s");
    for (int i = 0; i < SENDERS; i++) PQfinish(connections[i]);
}

/* ---- NATS, in its own protocol: lines of text ---- */

struct line {
    int socket;
    FILE *in;
};

static void say(struct line *line, const char *text, size_t length) {
    if (send(line->socket, text, length, 0) != (ssize_t)length) DIE("NATS: send");
}

/* The next line that begins so. */
static void hear(struct line *line, const char *beginning) {
    char text[4096];
    do {
        if (fgets(text, sizeof text, line->in) == NULL) DIE("NATS: gone");
        if (strncmp(text, "PING", 4) == 0) say(line, "PONG\r\n", 6);
    } while (strncmp(text, beginning, strlen(beginning)) != 0);
}

static struct line subscribed(int port, const char *subject) {
    char text[128];
    int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct line line = {socket(AF_INET, SOCK_STREAM, 0), NULL};
    if (connect(line.socket, (struct sockaddr *)&address, sizeof address) != 0) DIE("NATS: connect");
    setsockopt(line.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    line.in = fdopen(line.socket, "r");
    hear(&line, "INFO");
    int length = snprintf(text, sizeof text, "CONNECT {\"verbose\":false}\r\nSUB %s 1\r\nPING\r\n", subject);
    say(&line, text, (size_t)length);
    hear(&line, "PONG");
    return line;
}

static void publish(struct line *line, const char *subject, const void *message, size_t size) {
    char text[MESSAGE_SIZE + 64];
    int length = snprintf(text, sizeof text, "PUB %s %zu\r\n", subject, size);
    memcpy(text + length, message, size);
    memcpy(text + length + size, "\r\n", 2);
    say(line, text, (size_t)length + size + 2);
}

static void receive(struct line *line, void *message, size_t size) {
    char end[2];
    hear(line, "MSG");
    if (fread(message, 1, size, line->in) != size || fread(end, 1, 2, line->in) != 2) DIE("NATS: gone");
}

static void deliver(int port, size_t times) {
    char message[MESSAGE_SIZE], ready;
    int pipes[2];
    uint64_t at;
    memset(message, 'x', sizeof message);
    size_t all = times + times / 10;
    PGconn *db = open_store();
    struct series latency = series_of(times);
    if (pipe(pipes) != 0) DIE("pipe");
    fflush(stdout);
    pid_t other = fork();
    if (other == 0) {
        struct line line = subscribed(port, "there");
        if (write(pipes[1], "r", 1) != 1) _exit(1);
        for (size_t i = 0; i < all; i++) {
            receive(&line, message, sizeof message);
            at = now_ns();
            publish(&line, "back", &at, sizeof at);
        }
        _exit(0);
    }
    struct line line = subscribed(port, "back");
    if (read(pipes[0], &ready, 1) != 1) DIE("pipe");
    for (size_t i = 0; i < all; i++) {
        uint64_t before = now_ns();
        add_row(db);
        publish(&line, "there", message, sizeof message);
        receive(&line, &at, sizeof at);
        if (i >= times / 10) series_add(&latency, at - before);
    }
    waitpid(other, NULL, 0);
    report_series("floor_deliver", &latency);
    PQfinish(db);
}

int main(int argc, char **argv) {
    if (argc < 4) DIE("usage: %s insert|inserts|deliver CONNINFO NATS_PORT [TIMES]", argv[0]);
    conninfo = argv[2];
    if (strcmp(argv[1], "insert") == 0) insert((size_t)argument(argc, argv, 4, 2000));
    else if (strcmp(argv[1], "inserts") == 0) inserts((size_t)argument(argc, argv, 4, 32000));
    else if (strcmp(argv[1], "deliver") == 0) deliver(atoi(argv[3]), (size_t)argument(argc, argv, 4, 1000));
    else DIE("%s: what is %s?", argv[0], argv[1]);
    return 0;
}
