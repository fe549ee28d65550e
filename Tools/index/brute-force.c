// Measures every segment against every ping, without an index: what an index has to beat.
//
// brute-force FILE [PINGS]. FILE is what `index-benchmark --dump` writes: two int64 (segments,
// pings), float ends of each segment, float x and y of each ping, in metres. The loop over segments
// is left to the compiler to vectorise; it only counts, which is less than the index has to do.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const float reach = 50;

struct segments {
    long count;
    float *x, *y, *dx, *dy, *scale;
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static void *read_all(FILE *file, size_t bytes) {
    void *memory = malloc(bytes);
    if (!memory || fread(memory, 1, bytes, file) != bytes) exit(1);
    return memory;
}

static struct segments read_segments(FILE *file, long count) {
    float *ends = read_all(file, count * 4 * sizeof(float));
    struct segments all = {count};
    float **columns[] = {&all.x, &all.y, &all.dx, &all.dy, &all.scale};
    for (int i = 0; i < 5; i++) *columns[i] = malloc(count * sizeof(float));
    for (long i = 0; i < count; i++) {
        all.x[i] = ends[4 * i];
        all.y[i] = ends[4 * i + 1];
        all.dx[i] = ends[4 * i + 2] - all.x[i];
        all.dy[i] = ends[4 * i + 3] - all.y[i];
        all.scale[i] = 1 / fmaxf(1e-6f, all.dx[i] * all.dx[i] + all.dy[i] * all.dy[i]);
    }
    free(ends);
    return all;
}

static int near(const struct segments *all, float x, float y) {
    int found = 0;
    for (long i = 0; i < all->count; i++) {
        float east = x - all->x[i], north = y - all->y[i];
        float share = (east * all->dx[i] + north * all->dy[i]) * all->scale[i];
        share = fminf(1, fmaxf(0, share));
        east -= share * all->dx[i];
        north -= share * all->dy[i];
        found += east * east + north * north <= reach * reach;
    }
    return found;
}

int main(int count, char **arguments) {
    FILE *file = count > 1 ? fopen(arguments[1], "rb") : NULL;
    int64_t counts[2];
    if (!file || fread(counts, sizeof counts, 1, file) != 1) return 1;
    struct segments all = read_segments(file, counts[0]);
    float *pings = read_all(file, counts[1] * 2 * sizeof(float));
    long limit = count > 2 ? atol(arguments[2]) : counts[1];
    long found = 0;
    double start = now();
    for (long i = 0; i < limit; i++) found += near(&all, pings[2 * i], pings[2 * i + 1]);
    printf("pings_per_s %.0f\ncand_per_ping %.4f\n", limit / (now() - start), (double)found / limit);
}
