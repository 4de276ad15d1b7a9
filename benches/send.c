/* send: durable one-to-one messages.
 *
 *   one      one at a time, from TIMMsgSendNewMsg to its callback
 *   stream   one process sends, another counts what its listener gets: every message once
 *
 * usage: send one|stream [MESSAGES]
 */
#include <signal.h>
#include <sys/wait.h>
#include "tim.h"

#define IN_FLIGHT 2048

static void one(size_t messages) {
    char message[MESSAGE_SIZE + 1];
    struct answer answer;
    struct series latency = series_of(messages);
    answer_init(&answer, 0);
    start();
    login("bob", &answer); /* who never logged in cannot be written to */
    login("alice", &answer);
    send_many(messages, FILLED, IN_FLIGHT);
    for (size_t i = 0; i < messages; i++) {
        write_message(message, i, 0);
        uint64_t before = now_ns();
        must("send", TIMMsgSendNewMsg("bob", kTIMConv_C2C, message, on_answer, &answer), &answer);
        series_add(&latency, answer.at - before);
    }
    report_series("send", &latency);
    TIMUninit();
}

/* What both processes see. */
struct stream {
    struct answer ready, done;
    _Atomic long wrong;
    long expected, received;
    unsigned char seen[];
};
static struct stream *stream;

static void on_stream(const char *json, const void *user_data) {
    (void)user_data;
    FOR_EACH_MESSAGE(json, number, made_at, {
        if (number >= (uint64_t)stream->expected || stream->seen[number]++) stream->wrong++;
        if (++stream->received == stream->expected) {
            stream->done.at = now_ns();
            sem_post(&stream->done.given);
        }
    })
}

static void receive(void) {
    struct answer answer;
    answer_init(&answer, 0);
    start();
    TIMAddRecvNewMsgCallback(on_stream, NULL);
    login("bob", &answer);
    sem_post(&stream->ready.given);
    answer_wait(&answer); /* for ever: the sender ends this process */
}

static void stream_of(long messages) {
    struct answer answer;
    answer_init(&answer, 0);
    stream = shared_memory(sizeof *stream + (size_t)messages);
    answer_init(&stream->ready, 1);
    answer_init(&stream->done, 1);
    stream->expected = messages;
    pid_t receiver = fork();
    if (receiver == 0) {
        receive();
        _exit(0);
    }
    answer_wait(&stream->ready);
    start();
    login("alice", &answer);
    uint64_t begin = now_ns();
    send_many(0, messages, IN_FLIGHT);
    uint64_t sent = now_ns();
    answer_wait(&stream->done);
    if (stream->wrong != 0) DIE("%ld messages were doubled or unknown", (long)stream->wrong);
    report("stream_sent", (double)messages / ((double)(sent - begin) / 1e9), "msg/s");
    report("stream", (double)messages / ((double)(stream->done.at - begin) / 1e9), "msg/s");
    kill(receiver, SIGKILL);
    waitpid(receiver, NULL, 0);
    TIMUninit();
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "one") == 0) one((size_t)argument(argc, argv, 2, 300));
    else if (argc > 1 && strcmp(argv[1], "stream") == 0) stream_of(argument(argc, argv, 2, 20000));
    else DIE("usage: %s one|stream [MESSAGES]", argv[0]);
    return 0;
}
