/* SPDX-License-Identifier: MIT */
/* threads COUNT PATH: COUNT threads (0: see below), every other of which opens a file as code while the rest start threads, half a
   second long; then what went wrong, and what a child process and a signal handler saw. */
#include "runtime.c"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>

static const char *path;
static volatile sig_atomic_t handled;
static int over, checks, refused, started, failed, foreign;

static void *
nothing (void *given)
{
  return given;
}

static void *
idle (void *given)
{
  while (!__atomic_load_n (&over, __ATOMIC_RELAXED))
    usleep (1000);
  return given;
}

static void *
start (void *given)
{
  pthread_t thread;

  while (!__atomic_load_n (&over, __ATOMIC_RELAXED))
    if (pthread_create (&thread, NULL, nothing, NULL) == 0)
      {
	__atomic_fetch_add (&started, 1, __ATOMIC_RELAXED);
	pthread_join (thread, NULL);
      }
    else
      __atomic_fetch_add (&failed, 1, __ATOMIC_RELAXED);
  return given;
}

static void *
check (void *given)
{
  int fd;

  while (!__atomic_load_n (&over, __ATOMIC_RELAXED))
    {
      fd = t_open_code (path, O_RDONLY | O_CLOEXEC);
      __atomic_fetch_add (&checks, 1, __ATOMIC_RELAXED);
      if (fd < 0)
	__atomic_fetch_add (&refused, 1, __ATOMIC_RELAXED);
      else
	close (fd);
    }
  return given;
}

static void
handle (int signal)
{
  /* What runs a handler is this process, and no child that shares its memory. */
  static pid_t self;

  (void) signal;
  if (self == 0)
    self = getpid ();
  if (getpid () != self)
    foreign++;
  handled++;
}

/* In a new PID namespace that has no process yet the first child is its init, and nobody is born after that has ended. */
static int
first_child (void)
{
  pthread_t other;
  int fd, status;

  if (pthread_create (&other, NULL, idle, NULL) != 0 || unshare (CLONE_NEWPID) < 0
      || prctl (PR_SET_SECUREBITS, SECBIT_EXEC_RESTRICT_FILE) < 0)
    return 99;
  fd = t_open_code (path, O_RDONLY);
  __atomic_store_n (&over, 1, __ATOMIC_RELAXED);
  pthread_join (other, NULL);
  if (fork () == 0)
    _exit (getpid () == 1 ? 0 : 1);
  if (wait (&status) < 0)
    return 99;
  printf ("refused %d\nfirst %d\n", fd < 0, status == 0);
  return 0;
}

int
main (int argc, char **argv)
{
  struct itimerval often = { { 0, 500 }, { 0, 500 } };
  pthread_t threads[64];
  int i, count, status, waited = 0;

  if (argc != 3)
    return 99;
  count = atoi (argv[1]);
  path = argv[2];
  if (count == 0)
    return first_child ();
  if (count > 64 || prctl (PR_SET_SECUREBITS, SECBIT_EXEC_RESTRICT_FILE) < 0)
    return 99;
  signal (SIGALRM, handle);
  setitimer (ITIMER_REAL, &often, NULL);
  for (i = 0; i < count; i++)
    while (pthread_create (&threads[i], NULL, i % 2 ? start : check, NULL) != 0)
      ;
  for (i = 0; i < 20; i++)
    {
      /* Children of the program are waited for as ever, and its own checks are no children. */
      if (fork () == 0)
	{
	  int fd = t_open_code (path, O_RDONLY);
	  _exit (fd < 0 ? 1 : 0);
	}
      while (waitpid (-1, &status, 0) < 0 && errno == EINTR)
	;
      waited += status == 0;
      while (usleep (25000) < 0 && errno != EINTR)
	;
    }
  __atomic_store_n (&over, 1, __ATOMIC_RELAXED);
  for (i = 0; i < count; i++)
    pthread_join (threads[i], NULL);
  printf ("worked %d\n", checks > 0 && started > 0 && handled > 0);
  printf ("refused %d\nfailed %d\nforeign %d\n", refused, failed, foreign);
  printf ("children %d\nothers %d\n", waited, waitpid (-1, &status, 0) > 0);
  return 0;
}
