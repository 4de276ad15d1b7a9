/* What the bench programs share: clock, percentiles, memory, and waiting for the library's callbacks.
 *
 * Every program prints one figure a line, "name: value unit". Times are CLOCK_MONOTONIC in
 * nanoseconds, which all processes of a machine share.
 */
#ifndef IMSDK_BENCH_H
#define IMSDK_BENCH_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dirent.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define DIE(...) (fprintf(stderr, __VA_ARGS__), fputc('\n', stderr), exit(EXIT_FAILURE))

static inline uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline void report(const char *name, double value, const char *unit) {
    printf("%s: %.3f %s\n", name, value, unit);
    fflush(stdout);
}

/* ---- latencies ---- */

struct series {
    uint64_t *ns;
    size_t count, room;
};

static inline struct series series_of(size_t room) {
    struct series s = {malloc(room * sizeof(uint64_t)), 0, room};
    if (s.ns == NULL) DIE("out of memory");
    memset(s.ns, 0, room * sizeof(uint64_t)); /* touched now, not while measuring */
    return s;
}

static inline void series_add(struct series *s, uint64_t ns) {
    if (s->count < s->room) s->ns[s->count++] = ns;
}

static inline int compare_ns(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Prints p50, p99 and mean in microseconds, and empties the series. */
static inline void report_series(const char *name, struct series *s) {
    char line[96];
    double sum = 0;
    if (s->count == 0) DIE("%s: nothing was measured", name);
    qsort(s->ns, s->count, sizeof(uint64_t), compare_ns);
    for (size_t i = 0; i < s->count; i++) sum += (double)s->ns[i];
    snprintf(line, sizeof line, "%s_p50", name);
    report(line, (double)s->ns[s->count / 2] / 1e3, "us");
    snprintf(line, sizeof line, "%s_p99", name);
    report(line, (double)s->ns[s->count * 99 / 100] / 1e3, "us");
    snprintf(line, sizeof line, "%s_mean", name);
    report(line, sum / (double)s->count / 1e3, "us");
    free(s->ns);
    *s = (struct series){NULL, 0, 0};
}

/* ---- this process ---- */

/* A number from a file of lines "Key: number ...", such as /proc/self/status; -1 if it is not there. */
static inline long number_in(const char *path, const char *key) {
    char line[256];
    long value = -1;
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, key, strlen(key)) == 0) {
            value = strtol(line + strlen(key), NULL, 10);
            break;
        }
    if (file != NULL) fclose(file);
    return value;
}

static inline double resident_mib(void) {
    return (double)number_in("/proc/self/status", "VmRSS:") / 1024;
}

static inline double anonymous_mib(void) {
    return (double)number_in("/proc/self/smaps_rollup", "Anonymous:") / 1024;
}

static inline long threads_now(void) { return number_in("/proc/self/status", "Threads:"); }

/* How often threads of this process other than the caller's have gone to sleep so far. */
static inline long sleeps_of_others(void) {
    char path[300];
    long sum = 0;
    struct dirent *entry;
    DIR *tasks = opendir("/proc/self/task");
    while (tasks != NULL && (entry = readdir(tasks)) != NULL) {
        if (entry->d_name[0] == '.' || atoi(entry->d_name) == (int)getpid()) continue;
        snprintf(path, sizeof path, "/proc/self/task/%s/status", entry->d_name);
        sum += number_in(path, "voluntary_ctxt_switches:");
    }
    if (tasks != NULL) closedir(tasks);
    return sum;
}

/* ---- the end of a call ---- */

/* Set by the callback; in memory that processes share if `shared`. */
struct answer {
    sem_t given;
    uint64_t at;
    int code;
    size_t length;
};

static inline void answer_init(struct answer *answer, int shared) {
    memset(answer, 0, sizeof *answer);
    if (sem_init(&answer->given, shared, 0) != 0) DIE("sem_init");
}

static inline void answer_wait(struct answer *answer) {
    while (sem_wait(&answer->given) != 0) {}
}

/* A TIMCommCallback; user_data is a struct answer. */
static inline void on_answer(int32_t code, const char *desc, const char *json, const void *user_data) {
    uint64_t at = now_ns();
    struct answer *answer = (struct answer *)user_data;
    (void)desc;
    answer->at = at;
    answer->code = (int)code;
    answer->length = strlen(json);
    sem_post(&answer->given);
}

/* Memory that this process shares with those it forks. */
static inline void *shared_memory(size_t size) {
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) DIE("mmap");
    return memory;
}

static inline long argument(int argc, char **argv, int index, long otherwise) {
    return argc > index ? atol(argv[index]) : otherwise;
}

#endif
