/* deliver: two processes; from TIMMsgSendNewMsg in the one to TIMRecvNewMsgCallback in the other.
 *
 *   durable   stored by the service before it is delivered
 *   online    message_is_online_msg: never stored
 *
 * One message is on its way at a time: the next one goes when this one has arrived and was acknowledged.
 *
 * usage: deliver durable|online [MESSAGES]
 */
#include <signal.h>
#include <sys/wait.h>
#include "tim.h"

/* What both processes see. */
struct arrival {
    struct answer ready, here;
    uint64_t number, took;
};
static struct arrival *arrival;

/* Messages from this number on fill the stores. */
#define NOT_MEASURED 1000000000

static void on_message(const char *json, const void *user_data) {
    uint64_t at = now_ns();
    (void)user_data;
    FOR_EACH_MESSAGE(json, number, made_at, {
        if (number >= NOT_MEASURED) {
            if (number == NOT_MEASURED + FILLED - 1) sem_post(&arrival->ready.given);
            continue;
        }
        arrival->number = number;
        arrival->took = at - made_at;
        sem_post(&arrival->here.given);
    })
}

static void receive(void) {
    struct answer answer;
    answer_init(&answer, 0);
    start();
    TIMAddRecvNewMsgCallback(on_message, NULL);
    login("bob", &answer);
    sem_post(&arrival->ready.given);
    answer_wait(&answer); /* for ever: the sender ends this process */
}

int main(int argc, char **argv) {
    char message[MESSAGE_SIZE + 1], name[32];
    struct answer answer;
    if (argc < 2) DIE("usage: %s durable|online [MESSAGES]", argv[0]);
    int online = strcmp(argv[1], "online") == 0;
    size_t messages = (size_t)argument(argc, argv, 2, online ? 5000 : 300);
    struct series arrived = series_of(messages), acknowledged = series_of(messages);
    answer_init(&answer, 0);
    arrival = shared_memory(sizeof *arrival);
    answer_init(&arrival->ready, 1);
    answer_init(&arrival->here, 1);
    pid_t receiver = fork();
    if (receiver == 0) {
        receive();
        _exit(0);
    }
    answer_wait(&arrival->ready);
    start();
    login("alice", &answer);
    if (!online) {
        send_many(NOT_MEASURED, FILLED, FILLED);
        answer_wait(&arrival->ready);
    }
    for (size_t i = 0; i < messages + messages / 10; i++) {
        uint64_t before = now_ns();
        write_message(message, i, online);
        must("send", TIMMsgSendNewMsg("bob", kTIMConv_C2C, message, on_answer, &answer), &answer);
        answer_wait(&arrival->here);
        if (arrival->number != i) DIE("message %llu came when %zu was expected", (unsigned long long)arrival->number, i);
        if (i < messages / 10) continue;
        series_add(&arrived, arrival->took);
        series_add(&acknowledged, answer.at - before);
    }
    snprintf(name, sizeof name, "deliver_%s", argv[1]);
    report_series(name, &arrived);
    snprintf(name, sizeof name, "deliver_%s_ack", argv[1]);
    report_series(name, &acknowledged);
    kill(receiver, SIGKILL);
    waitpid(receiver, NULL, 0);
    TIMUninit();
    return 0;
}
