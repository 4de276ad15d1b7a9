// Makes the disk fail. Loaded with LD_PRELOAD; acts on the SQLite files (*.db, *.db-wal, *.db-journal; locks also on *.db-shm) and, if it is
// told so, on the contents of files that come or go (in blobs/, and *.part).
//
// FAULTS names a file of four 32-bit numbers that the test changes while the program runs: how many of 1000 operations fail, which kinds
// of them (1: writes, 2: flushes, 4: changes of length, 8: locks, 32: reads, 64: opens; 16: contents too), whether a failed write is cut short
// rather than refused, and, if it is not 0, that none fails before this one, counted from now on, which does.
// FAULTS_SEED makes the choice repeatable.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { WRITE = 1, FLUSH = 2, LENGTH = 4, LOCK = 8, CONTENTS = 16, READ = 32, OPEN = 64 };

struct control {
    _Atomic uint32_t rate, kinds, cut, first;
};

static struct control *control;
static _Atomic uint64_t state;

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("FAULTS"), *seed = getenv("FAULTS_SEED");
    state = seed ? strtoull(seed, NULL, 10) : 1;
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0) return;
    void *map = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map != MAP_FAILED) control = map;
    close(fd);
}

static uint64_t next(void) {
    uint64_t z = atomic_fetch_add(&state, 0x9e3779b97f4a7c15u) + 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && !strcmp(text + length - tail, end);
}

static int is_meant_path(const char *path, int kind) {
    if ((control->kinds & CONTENTS) && (strstr(path, "/blobs/") || ends_with(path, ".part"))) return 1;
    return ends_with(path, ".db") || ends_with(path, ".db-wal") || ends_with(path, ".db-journal") ||
           ((kind & (LOCK | OPEN)) && ends_with(path, ".db-shm"));
}

static int is_meant(int fd, int kind) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_meant_path(path, kind);
}

// Whether some operations of a kind may fail.
static int may_fail(int kind) { return control && (control->rate || control->first) && (control->kinds & kind); }

// Whether it is the turn of the operation that asks.
static int is_next(void) {
    uint32_t first = control->first;
    while (first)
        if (atomic_compare_exchange_weak(&control->first, &first, first - 1)) return first == 1;
    return next() % 1000 < control->rate;
}

// Whether this operation fails; then errno says why.
static int fails(int fd, int kind) {
    if (!may_fail(kind)) return 0;
    int before = errno;
    int failing = is_meant(fd, kind) && is_next();
    errno = !failing ? before : kind == LOCK ? EAGAIN : kind == WRITE && next() % 2 ? ENOSPC : EIO;
    return failing;
}

// What is left of a write that was cut short; 0 if it is refused altogether.
static size_t rest(size_t size) { return control->cut ? next() % (size / 2 + 1) : 0; }

#define ORIGINAL(name) \
    static __typeof__(name) *original; \
    if (!original) *(void **)&original = dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *from, size_t size) {
    ORIGINAL(write);
    if (fails(fd, WRITE) && (size = rest(size)) == 0) return -1;
    return original(fd, from, size);
}

ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
    ORIGINAL(pwrite);
    if (fails(fd, WRITE) && (size = rest(size)) == 0) return -1;
    return original(fd, from, size, at);
}

ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
    ORIGINAL(pwrite64);
    if (fails(fd, WRITE) && (size = rest(size)) == 0) return -1;
    return original(fd, from, size, at);
}

ssize_t read(int fd, void *to, size_t size) {
    ORIGINAL(read);
    return fails(fd, READ) ? -1 : original(fd, to, size);
}

ssize_t pread64(int fd, void *to, size_t size, off64_t at) {
    ORIGINAL(pread64);
    return fails(fd, READ) ? -1 : original(fd, to, size, at);
}

static int cannot_open(const char *path) {
    if (!may_fail(OPEN) || !is_meant_path(path, OPEN) || !is_next()) return 0;
    errno = next() % 2 ? EMFILE : EACCES;
    return 1;
}

// The mode, where one is given, is as wide as an int.
#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        ORIGINAL(name); \
        va_list list; \
        va_start(list, flags); \
        int mode = flags & O_CREAT ? va_arg(list, int) : 0; \
        va_end(list); \
        return cannot_open(path) ? -1 : original(path, flags, mode); \
    }

OPENS(open)
OPENS(open64)

int fsync(int fd) {
    ORIGINAL(fsync);
    return fails(fd, FLUSH) ? -1 : original(fd);
}

int fdatasync(int fd) {
    ORIGINAL(fdatasync);
    return fails(fd, FLUSH) ? -1 : original(fd);
}

int ftruncate(int fd, off_t length) {
    ORIGINAL(ftruncate);
    return fails(fd, LENGTH) ? -1 : original(fd, length);
}

int ftruncate64(int fd, off64_t length) {
    ORIGINAL(ftruncate64);
    return fails(fd, LENGTH) ? -1 : original(fd, length);
}

static int refused(int fd, int command, void *argument) {
    return command == F_SETLK && ((struct flock *)argument)->l_type != F_UNLCK && fails(fd, LOCK);
}

// The argument of any command is as wide as a pointer at most.
int fcntl(int fd, int command, ...) {
    ORIGINAL(fcntl);
    va_list list;
    va_start(list, command);
    void *argument = va_arg(list, void *);
    va_end(list);
    return refused(fd, command, argument) ? -1 : original(fd, command, argument);
}

int fcntl64(int fd, int command, ...) {
    ORIGINAL(fcntl64);
    va_list list;
    va_start(list, command);
    void *argument = va_arg(list, void *);
    va_end(list);
    return refused(fd, command, argument) ? -1 : original(fd, command, argument);
}
