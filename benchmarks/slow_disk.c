/* SPDX-License-Identifier: Apache-2.0
 *
 * A disk whose every sync takes SYNC_DELAY_US microseconds longer, for whoever syncs: it waits, and takes no CPU. `benchmarks/raw_commits.py` uses it.
 *
 *     cc -O2 -shared -fPIC -o /tmp/slow_disk.so benchmarks/slow_disk.c -ldl
 *     SYNC_DELAY_US=1000 LD_PRELOAD=/tmp/slow_disk.so python -m benchmarks store
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int after_a_while(const char *name, int file) {
    const char *told = getenv("SYNC_DELAY_US");
    long wait = told ? atol(told) : 0;
    struct timespec time = {wait / 1000000, wait % 1000000 * 1000};
    nanosleep(&time, NULL);
    return ((int (*)(int))dlsym(RTLD_NEXT, name))(file);
}

int fsync(int file) { return after_a_while("fsync", file); }

int fdatasync(int file) { return after_a_while("fdatasync", file); }
