/* The least that a server of durable pings can do: one thread that reads whatever has come, appends
   all of it to a file with one write, syncs the file once, and then answers everybody.

   Looks no further into a request than its length, and answers 200 to anything. What a real service
   takes longer than this is its own. Usage: floor PORT FILE */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOM = 1 << 20, EVENTS = 1024, DESCRIPTORS = 8192 };

struct connection {
    char *bytes;
    size_t count;
    int answers;
};

static struct connection connections[DESCRIPTORS];
static char journal[64 << 20];
static size_t journal_count;
static const char answer[] =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n"
    "{\"accepted\":1}";

static void fail(const char *what) {
    perror(what);
    exit(1);
}

/* Length of the request at the front; 0 while it has not come whole. */
static size_t request_length(struct connection *c, size_t from, size_t *body) {
    char *start = c->bytes + from;
    char *end = memmem(start, c->count - from, "\r\n\r\n", 4);
    if (!end) return 0;
    *body = end + 4 - start;
    size_t length = 0;
    char *field = memmem(start, *body, "ontent-", 7);
    while (field) {
        if (!strncasecmp(field, "ontent-length:", 14)) length = strtoul(field + 14, NULL, 10);
        field = memmem(field + 7, end - field > 7 ? end - field - 7 : 0, "ontent-", 7);
    }
    return *body + length <= c->count - from ? *body + length : 0;
}

static void drop(int fd) {
    close(fd);
    connections[fd].count = 0;
    connections[fd].answers = 0;
}

static void receive(int fd) {
    struct connection *c = &connections[fd];
    if (!c->bytes && !(c->bytes = malloc(ROOM))) fail("malloc");
    ssize_t count = read(fd, c->bytes + c->count, ROOM - c->count);
    if (count <= 0) {
        if (count == 0 || errno != EAGAIN) drop(fd);
        return;
    }
    c->count += count;
    size_t from = 0, body, length;
    while ((length = request_length(c, from, &body))) {
        memcpy(journal + journal_count, c->bytes + from + body, length - body);
        journal_count += length - body;
        journal[journal_count++] = '\n';
        c->answers++;
        from += length;
    }
    memmove(c->bytes, c->bytes + from, c->count - from);
    c->count -= from;
}

static void keep(int file) {
    if (!journal_count) return;
    if (write(file, journal, journal_count) != (ssize_t)journal_count) fail("write");
    if (fdatasync(file)) fail("fdatasync");
    journal_count = 0;
}

static void reply(int fd) {
    for (; connections[fd].answers > 0; connections[fd].answers--) {
        if (write(fd, answer, sizeof answer - 1) < 0) return drop(fd);
    }
}

static int listener(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(port)};
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&place, sizeof place) || listen(fd, 1024)) fail("listen");
    return fd;
}

static void welcome(int server, int epoll) {
    int fd, on = 1;
    while ((fd = accept4(server, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (fd >= DESCRIPTORS) {
            close(fd);
            continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

int main(int count, char **arguments) {
    if (count != 3) return 2;
    int file = open(arguments[2], O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (file < 0) fail(arguments[2]);
    int server = listener(atoi(arguments[1])), epoll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = server}, events[EVENTS];
    epoll_ctl(epoll, EPOLL_CTL_ADD, server, &event);
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd == server) {
                welcome(server, epoll);
            } else if (journal_count < sizeof journal - 2 * ROOM) {
                receive(events[i].data.fd);
            }
        }
        keep(file);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd != server) reply(events[i].data.fd);
        }
    }
}
