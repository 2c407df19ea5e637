/* SPDX-License-Identifier: MIT */
/* Does what its arguments say, in order, and writes one line for each question: the question, and the errno it was
   answered with (0 for yes). The helper is included as a project would have it, as t_. */
#include "runtime.c"

#include <grp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <syslog.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define MOST_THREADS 64
/* EHWPOISON, the highest that Linux has on this architecture and most others. */
#define LAST_ERRNO 133

static void act (char *what);

static void
must (int ok, const char *what)
{
  if (!ok)
    {
      perror (what);
      exit (99);
    }
}

static void
say (const char *what, int error)
{
  char line[128];

  /* One write, so that lines of forked children stay whole. */
  must (write (1, line, sprintf (line, "%s %d\n", what, error)) > 0, "write");
}

#ifdef CATCH_SYSLOG
/* Stands in for the C library's. */
void
syslog (int priority, const char *format, ...)
{
  va_list list;

  printf (priority == (LOG_AUTHPRIV | LOG_NOTICE) ? "log " : "log at another priority: ");
  va_start (list, format);
  vprintf (format, list);
  va_end (list);
  printf ("\n");
  fflush (stdout);
  errno = EPIPE;
}
#endif

/* Opens PATH and tells by reading that it is that file; closes it again. */
static int
open_and_read (const char *path)
{
  char byte;
  int fd = t_open_code (path, O_RDONLY | O_CLOEXEC), error;

  if (fd < 0)
    return errno;
  error = read (fd, &byte, 1) < 0 ? errno : 0;
  if (error == 0 && !(fcntl (fd, F_GETFD) & FD_CLOEXEC))
    error = EBADF;
  close (fd);
  return error;
}

static void
stream (char *path)
{
  char *mode = strchr (path, ':');
  FILE *file;

  *mode++ = '\0';
  file = t_fopen_code (path, mode);
  say ("fopen", file ? 0 : errno);
  if (file)
    fclose (file);
}

/* Answers the system call NUMBER with ERROR from now on, or kills. */
static void
filter (int number, const char *error)
{
  struct sock_filter code[4];
  struct sock_fprog program;
  unsigned int verdict = strcmp (error, "kill") == 0 ? SECCOMP_RET_KILL_PROCESS
						      : SECCOMP_RET_ERRNO | (unsigned int) atoi (error);
  struct sock_filter load = BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr));
  struct sock_filter compare = BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, (unsigned int) number, 0, 1);
  struct sock_filter answer = BPF_STMT (BPF_RET | BPF_K, verdict);
  struct sock_filter allow = BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW);

  code[0] = load;
  code[1] = compare;
  code[2] = answer;
  code[3] = allow;
  program.len = 4;
  program.filter = code;
  must (prctl (PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0, "no_new_privs");
  must (prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0, "seccomp");
}

static pthread_barrier_t barrier;

static void *
race (void *path)
{
  pthread_barrier_wait (&barrier);
  return (void *) (size_t) open_and_read (path);
}

/* Opens PATH from many threads at once; says each thread's answer. */
static void
threads (char *path)
{
  pthread_t thread[MOST_THREADS];
  void *error;
  int i;

  must (pthread_barrier_init (&barrier, NULL, MOST_THREADS) == 0, "barrier");
  for (i = 0; i < MOST_THREADS; i++)
    must (pthread_create (&thread[i], NULL, race, path) == 0, "thread");
  for (i = 0; i < MOST_THREADS; i++)
    {
      pthread_join (thread[i], &error);
      say ("open", (int) (size_t) error);
    }
}

static volatile int starting;

static void *
open_while_starting (void *path)
{
  int opened = 0;

  for (; starting; opened++)
    open_and_read (path);
  return (void *) (size_t) opened;
}

static void *
nothing (void *argument)
{
  return argument;
}

/* Starts threads while another opens PATH; says how many could not be started. */
static void
start_threads (char *path)
{
  pthread_t opener, thread;
  int i, lost = 0;

  starting = 1;
  must (pthread_create (&opener, NULL, open_while_starting, path) == 0, "thread");
  for (i = 0; i < 2000; i++)
    {
      if (pthread_create (&thread, NULL, nothing, NULL) == 0)
	pthread_join (thread, NULL);
      else
	lost++;
    }
  starting = 0;
  pthread_join (opener, NULL);
  say ("lost", lost);
}

static void *
act_in_thread (void *what)
{
  char *rest;

  for (; what; what = rest)
    {
      rest = strchr (what, ',');
      if (rest)
	*rest++ = '\0';
      act (what);
    }
  return NULL;
}

static void
in_thread (char *what)
{
  pthread_t thread;

  must (pthread_create (&thread, NULL, act_in_thread, what) == 0, "thread");
  pthread_join (thread, NULL);
}

static void
in_child (char *what, pid_t child)
{
  int status;

  must (child >= 0, "fork");
  if (child == 0)
    {
      act (what);
      _exit (0);
    }
  must (waitpid (child, &status, 0) == child && status == 0, "child");
}

static void
become (int uid)
{
  must (setgroups (0, NULL) == 0 && setgid (uid) == 0 && setuid (uid) == 0, "setuid");
}

static void
lack_descriptors (void)
{
  struct rlimit limit;

  must (getrlimit (RLIMIT_NOFILE, &limit) == 0, "getrlimit");
  limit.rlim_cur = 3;
  must (setrlimit (RLIMIT_NOFILE, &limit) == 0, "setrlimit");
}

static void
have_descriptors (void)
{
  struct rlimit limit;

  must (getrlimit (RLIMIT_NOFILE, &limit) == 0, "getrlimit");
  limit.rlim_cur = limit.rlim_max;
  must (setrlimit (RLIMIT_NOFILE, &limit) == 0, "setrlimit");
}

/* Makes PATH the standard input; without one, a pipe. */
static void
read_from (const char *path)
{
  int ends[2];

  if (*path)
    ends[0] = open (path, O_RDONLY | O_CLOEXEC);
  else
    must (pipe (ends) == 0, "pipe");
  must (dup2 (ends[0], 0) == 0, "stdin");
}

static void
memory_file (int mode)
{
  int fd = memfd_create ("code", MFD_CLOEXEC);

  must (fd >= 0 && fchmod (fd, mode) == 0, "memfd");
  say ("descriptor", t_descriptor_passes (fd) ? 0 : errno);
  close (fd);
}

/* The number of the system call NAME. */
static int
call_named (const char *name)
{
  if (strcmp (name, "openat2") == 0)
    return SYS_openat2;
  if (strcmp (name, "execveat") == 0)
    return SYS_execveat;
  if (strcmp (name, "prctl") == 0)
    return SYS_prctl;
  must (strcmp (name, "access") == 0, name);
#ifdef SYS_access
  return SYS_access;
#else
  return SYS_faccessat;
#endif
}

/* For 0 and for every errno does what follows the comma, in a child whose system calls, named before it with + between
   them, are answered by that. prctl comes last: it puts the filters up. */
static void
sweep (char *calls)
{
  char *question = strchr (calls, ','), *call, error[16];
  int number, status;
  pid_t child;

  *question++ = '\0';
  for (number = 0; number <= LAST_ERRNO; number++)
    {
      child = fork ();
      must (child >= 0, "fork");
      if (child == 0)
	{
	  sprintf (error, "%d", number);
	  for (call = strtok (calls, "+"); call; call = strtok (NULL, "+"))
	    filter (call_named (call), error);
	  act (question);
	  _exit (0);
	}
      must (waitpid (child, &status, 0) == child && status == 0, "child");
    }
}

/* One action or question, name=value. */
static void
act (char *what)
{
  char *value = strchr (what, '=');
  static const char none[] = "";
  int number;

  if (value)
    *value++ = '\0';
  else
    value = (char *) none;
  number = strtol (value, NULL, 0);

  if (strcmp (what, "open") == 0)
    say (what, open_and_read (value));
  else if (strcmp (what, "again") == 0)
    {
      /* As an interpreter does that tries again after a signal. */
      int error;

      do
	error = open_and_read (value);
      while (error == EINTR);
      say (what, error);
    }
  else if (strcmp (what, "fopen") == 0)
    stream (value);
  else if (strcmp (what, "denied") == 0)
    say (what, t_interactive_denied (number > 0 ? number : 1) ? errno : 0);
  else if (strcmp (what, "passes") == 0)
    say (what, t_code_passes (number) ? 0 : errno);
  else if (strcmp (what, "descriptor") == 0)
    say (what, t_descriptor_passes (number) ? 0 : errno);
  else if (strcmp (what, "memfd") == 0)
    memory_file (number);
  else if (strcmp (what, "errno") == 0)
    {
      /* A successful open leaves errno alone, as open does. */
      errno = number;
      close (t_open_code ("/dev/null", O_RDONLY));
      say (what, errno == number ? 0 : errno);
    }
  else if (strcmp (what, "bits") == 0)
    must (prctl (PR_GET_SECUREBITS, 0L, 0L, 0L, 0L) == number
	  || prctl (PR_SET_SECUREBITS, (long) number, 0L, 0L, 0L) == 0, "securebits");
  else if (strcmp (what, "stdin") == 0)
    read_from (value);
  else if (strcmp (what, "exempt") == 0)
    t_code_exempt = 1;
  else if (strcmp (what, "sweep") == 0)
    sweep (value);
  else if (strcmp (what, "openat2") == 0 || strcmp (what, "execveat") == 0 || strcmp (what, "prctl") == 0
	   || strcmp (what, "access") == 0)
    filter (call_named (what), value);
  else if (strcmp (what, "proc") == 0)
    must (unshare (CLONE_NEWNS) == 0 && mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
	  && mount (value, "/proc", NULL, MS_BIND, NULL) == 0, "proc");
  else if (strcmp (what, "uid") == 0)
    become (number);
  else if (strcmp (what, "userns") == 0)
    must (unshare (CLONE_NEWUSER) == 0, "unshare");
  else if (strcmp (what, "chroot") == 0)
    must (chroot (value) == 0 && chdir ("/") == 0, "chroot");
  else if (strcmp (what, "full") == 0)
    lack_descriptors ();
  else if (strcmp (what, "room") == 0)
    have_descriptors ();
  else if (strcmp (what, "write") == 0)
    must (open (value, O_RDWR | O_CLOEXEC) >= 0, "write");
  else if (strcmp (what, "threads") == 0)
    threads (value);
  else if (strcmp (what, "start") == 0)
    start_threads (value);
  else if (strcmp (what, "thread") == 0)
    in_thread (value);
  else if (strcmp (what, "fork") == 0)
    in_child (value, fork ());
  else if (strcmp (what, "vfork") == 0)
    in_child (value, vfork ());
  else
    must (0, what);
}

int
main (int argc, char **argv)
{
  int i;

  for (i = 1; i < argc; i++)
    act (argv[i]);
  return 0;
}
