/* race: two threads write one number. A sanitizer that says nothing about this program does not work. */
#include <pthread.h>
#include <stddef.h>

static int number;

static void *write_often(void *unused) {
    (void)unused;
    for (int i = 0; i < 100000; i++) number++;
    return NULL;
}

int main(void) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, write_often, NULL) != 0) return 0;
    write_often(NULL);
    pthread_join(thread, NULL);
    return number == 0;
}
