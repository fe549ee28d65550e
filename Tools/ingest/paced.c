/* Sends pings at a steady rate and tells how long their acknowledgements take.

   A ping's time begins when it is due, not when a connection is free for it, so that a server that
   stalls is not spared (G. Tene, "How NOT to Measure Latency", 2015).

   Usage: paced PORT PATH CONNECTIONS RATE SECONDS FIRST TOKENS, where FIRST is the time of the first
   fix in milliseconds since 1970 and TOKENS a file with `VEHICLE TOKEN` a line.
   Prints `answers N`, `refused N`, `p50_us N` and `p99_us N`. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 4096, ROOM = 4096 };

struct connection {
    int fd;
    double due;
    char bytes[ROOM];
    size_t count;
};

static struct connection connections[MOST];
static int idle[MOST], idle_count;
static struct { char vehicle[64], token[128]; } senders[MOST];
static int sender_count;
static double *latencies;
static long answers, refused;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int dial(int port) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(port)};
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *)&place, sizeof place)) fail("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

static void send_ping(struct connection *c, const char *path, long number, long long first) {
    int sender = number % sender_count;
    long turn = number / sender_count;
    long long time = first + turn;
    char body[256], request[1024];
    int length = snprintf(
        body, sizeof body,
        "{\"vehicle_id\":\"%s\",\"timestamp\":%lld.%03lld,\"latitude\":%.6f,\"longitude\":%.6f,"
        "\"speed_mps\":8.5,\"bearing\":270}",
        senders[sender].vehicle, time / 1000, time % 1000, -0.95 + sender * 1e-4 + turn * 1e-7,
        100.36 + sender * 1e-5);
    int whole = snprintf(
        request, sizeof request,
        "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
        "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
        path, senders[sender].token, length, body);
    if (write(c->fd, request, whole) != whole) fail("write");
}

/* Reads on; an answer that has come whole frees the connection. */
static void receive(int index) {
    struct connection *c = &connections[index];
    ssize_t count = read(c->fd, c->bytes + c->count, ROOM - 1 - c->count);
    if (count <= 0) fail("a connection was cut");
    c->count += count;
    c->bytes[c->count] = 0;
    char *end = strstr(c->bytes, "\r\n\r\n");
    char *field = strcasestr(c->bytes, "content-length:");
    if (!end || !field || c->bytes + c->count < end + 4 + atol(field + 15)) return;
    int is_taken = strstr(end, "\"accepted\":1,") != NULL;
    if (strncmp(c->bytes, "HTTP/1.1 200", 12) || !is_taken) refused++;
    latencies[answers++] = now() - c->due;
    c->count = 0;
    idle[idle_count++] = index;
}

static int ascending(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return difference < 0 ? -1 : difference > 0;
}

static void read_senders(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) fail(path);
    while (sender_count < MOST
           && fscanf(
                  file, "%63s %127s", senders[sender_count].vehicle, senders[sender_count].token)
                  == 2) {
        sender_count++;
    }
    fclose(file);
    if (!sender_count) fail("no senders");
}

static void run(const char *path, double rate, double seconds, long long first, int epoll) {
    long total = rate * seconds, sent = 0;
    latencies = calloc(total + 1, sizeof *latencies);
    struct epoll_event events[256];
    double start = now();
    while (answers < total && now() < start + seconds + 10) {
        while (sent < total && idle_count && start + sent / rate <= now()) {
            struct connection *c = &connections[idle[--idle_count]];
            c->due = start + sent / rate;
            send_ping(c, path, sent++, first);
        }
        int ready = epoll_wait(epoll, events, 256, 0);
        for (int i = 0; i < ready; i++) receive(events[i].data.u32);
    }
    if (answers < total) refused += total - answers;
}

int main(int count, char **arguments) {
    if (count != 8) return 2;
    int size = atoi(arguments[3]), epoll = epoll_create1(0);
    if (size < 1 || size > MOST) return 2;
    read_senders(arguments[7]);
    for (int i = 0; i < size; i++) {
        connections[i].fd = dial(atoi(arguments[1]));
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
        epoll_ctl(epoll, EPOLL_CTL_ADD, connections[i].fd, &event);
        idle[idle_count++] = i;
    }
    run(arguments[2], atof(arguments[4]), atof(arguments[5]), atoll(arguments[6]), epoll);
    qsort(latencies, answers, sizeof *latencies, ascending);
    printf("answers %ld\nrefused %ld\n", answers, refused);
    if (!answers) return 1;
    printf("p50_us %.0f\np99_us %.0f\n", latencies[answers / 2] * 1e6,
           latencies[answers * 99 / 100] * 1e6);
    return 0;
}
