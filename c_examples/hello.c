/* hello: the smallest program. It sends one message, or waits for one.
 *
 *   ./hello bob              log in as bob, wait for a message, print it
 *   ./hello alice bob        log in as alice, send a message to bob
 *
 * bob has to log in once before anybody can write to him.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include "TIMCloud.h"

/* The library calls back on a thread of its own; main waits here for what it says. */
struct answer {
    pthread_mutex_t mutex;
    pthread_cond_t arrived;
    int done;
    int code;
};
#define ANSWER {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0}

static void give(struct answer *answer, int code) {
    pthread_mutex_lock(&answer->mutex);
    answer->done = 1;
    answer->code = code;
    pthread_cond_signal(&answer->arrived);
    pthread_mutex_unlock(&answer->mutex);
}

static int wait_for(struct answer *answer) {
    pthread_mutex_lock(&answer->mutex);
    while (!answer->done) pthread_cond_wait(&answer->arrived, &answer->mutex);
    pthread_mutex_unlock(&answer->mutex);
    return answer->code;
}

/* The end of a call. The strings belong to the library and die with the callback. */
static void on_done(int32_t code, const char *desc, const char *json, const void *user_data) {
    if (code != 0) fprintf(stderr, "error %d: %s\n", (int)code, desc);
    else if (json[0] != '\0') printf("result: %s\n", json);
    give((struct answer *)user_data, code);
}

static void on_message(const char *json_msg_array, const void *user_data) {
    printf("received: %s\n", json_msg_array);
    give((struct answer *)user_data, 0);
}

/* A call that does not return TIM_SUCC was refused at once and has no callback. */
static void finish(const char *what, int code, struct answer *answer) {
    if (code == TIM_SUCC && answer != NULL) code = wait_for(answer);
    if (code == TIM_SUCC) return;
    fprintf(stderr, "%s failed with code %d\n", what, code);
    exit(EXIT_FAILURE);
}

int main(int argc, char **argv) {
    static struct answer login = ANSWER, sent = ANSWER, received = ANSWER, logout = ANSWER;
    const char *text = "{\"message_elem_array\":[{\"elem_type\":0,\"text_elem_content\":\"Hello!\"}]}";
    if (argc != 2 && argc != 3) {
        fprintf(stderr, "usage: %s ME [PEER]\n", argv[0]);
        return EXIT_FAILURE;
    }
    TIMSetConfig("{\"set_config_is_log_output_console\":false}", NULL, NULL);
    finish("TIMInit", TIMInit(1400000000, "{}"), NULL);
    TIMAddRecvNewMsgCallback(on_message, &received);
    finish("TIMLogin", TIMLogin(argv[1], "any text: no key is configured", on_done, &login), &login);
    if (argc == 3)
        finish("TIMMsgSendNewMsg", TIMMsgSendNewMsg(argv[2], kTIMConv_C2C, text, on_done, &sent), &sent);
    else
        finish("receiving", TIM_SUCC, &received);
    finish("TIMLogout", TIMLogout(on_done, &logout), &logout);
    return TIMUninit();
}
