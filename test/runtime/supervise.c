/* SPDX-License-Identifier: MIT */
/* supervise [-k POLICY] [-i CALL:ERRNO:WHEN]... PROGRAM ARGUMENT...
   Runs a program and answers some of its system calls: with -k as a kernel that knows O_MAYEXEC and has that policy,
   with -i by an error: always, as a filter does that sees no more than the call's number; once; for the helper's probe
   or its real call alone; or for the first real call (retry). Just enough of a kernel for the helper's own tests. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/filter.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>

#define FLAG UINT64_C (040000000)
#define UNKNOWN_AT 0x40000000
#define ON_MOUNT 1
#define ON_FILE 2
#define SELF "/proc/self/"
#define COUNT(array) (sizeof (array) / sizeof *(array))

struct injection
{
  int number;
  int error;
  const char *when;
};

static struct injection injections[8];
static size_t injected;
static int policy = -1;

static void
must (int ok, const char *what)
{
  if (!ok)
    {
      perror (what);
      exit (98);
    }
}

/* The path and the struct of an openat2. */
static void
arguments (const struct seccomp_notif *call, char *path, size_t size, struct open_how *how)
{
  struct iovec here = { how, sizeof *how };
  struct iovec there = { (void *) (uintptr_t) call->data.args[2], sizeof *how };
  size_t n;

  must (process_vm_readv ((pid_t) call->pid, &here, 1, &there, 1, 0) == sizeof *how, "read how");
  for (n = 0; n < size - 1; n++)
    {
      struct iovec to = { path + n, 1 };
      struct iovec from = { (void *) (uintptr_t) (call->data.args[1] + n), 1 };

      must (process_vm_readv ((pid_t) call->pid, &to, 1, &from, 1, 0) == 1, "read path");
      if (path[n] == '\0')
	return;
    }
  path[n] = '\0';
}

/* Whether an openat2 has a size that a kernel takes; it says EINVAL to others before it looks at anything else. */
static int
is_sized (const struct seccomp_notif *call)
{
  return call->data.args[3] >= sizeof (struct open_how);
}

static int
is_probe (const struct seccomp_notif *call)
{
  char path[4096];
  struct open_how how;

  if (call->data.nr == SYS_execveat)
    return (call->data.args[4] & UNKNOWN_AT) != 0;
  if (call->data.nr != SYS_openat2 || !is_sized (call))
    return 0;
  arguments (call, path, sizeof path, &how);
  return strcmp (path, "/") == 0;
}

static int
is_real (const struct seccomp_notif *call)
{
  return !is_probe (call) && (call->data.nr != SYS_openat2 || is_sized (call));
}

/* The error to inject, or 0. */
static int
injection (const struct seccomp_notif *call)
{
  size_t i;

  for (i = 0; i < injected; i++)
    {
      struct injection *each = &injections[i];

      if (each->number != call->data.nr)
	continue;
      if (strcmp (each->when, "always") == 0 || (strcmp (each->when, "probe") == 0 && is_probe (call))
	  || (strcmp (each->when, "real") == 0 && is_real (call)))
	return each->error;
      if (strcmp (each->when, "once") == 0 || (strcmp (each->when, "retry") == 0 && is_real (call)))
	{
	  each->when = "done";
	  return each->error;
	}
    }
  return 0;
}

/* What the flag makes of the open file FD: 0 or an error. */
static int
judge (int fd)
{
  struct stat status;
  struct statvfs mount;

  must (fstat (fd, &status) == 0 && fstatvfs (fd, &mount) == 0, "stat");
  if (S_ISDIR (status.st_mode))
    return EISDIR;
  if (policy && !S_ISREG (status.st_mode))
    return EACCES;
  if ((policy & ON_MOUNT) && (mount.f_flag & ST_NOEXEC))
    return EACCES;
  return (policy & ON_FILE) && !(status.st_mode & 0111) ? EACCES : 0;
}

/* Answers an openat2 with the flag as the kernel would. */
static void
open_for (int listener, struct seccomp_notif *call, struct seccomp_notif_resp *answer)
{
  char path[4096], own[4200];
  struct stat status;
  struct open_how how;
  struct seccomp_notif_addfd add;
  int fd, error;

  arguments (call, path, sizeof path, &how);
  if (policy < 0 || !(how.flags & FLAG))
    {
      answer->flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
      return;
    }
  /* /proc/self would be the supervisor's. What the child has there may be no procfs, whose self is a link. */
  snprintf (own, sizeof own, "/proc/%d/root/proc/self", (int) call->pid);
  if (strncmp (path, SELF, sizeof SELF - 1) == 0 && lstat (own, &status) == 0
      && S_ISLNK (status.st_mode))
    snprintf (own, sizeof own, "/proc/%d/%s", (int) call->pid, path + sizeof SELF - 1);
  else
    snprintf (own, sizeof own, "/proc/%d/root/%s", (int) call->pid, path);
  fd = open (own, (int) (how.flags & ~FLAG));
  error = fd < 0 ? errno : judge (fd);
  answer->error = -error;
  if (error == 0)
    {
      memset (&add, 0, sizeof add);
      add.id = call->id;
      add.srcfd = (uint32_t) fd;
      add.newfd_flags = how.flags & O_CLOEXEC;
      answer->val = ioctl (listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add);
      if (answer->val < 0)
	answer->error = -errno;
    }
  if (fd >= 0)
    close (fd);
}

static void
serve (int listener)
{
  struct pollfd waiting = { listener, POLLIN, 0 };

  /* It hangs up when the last process under the filter has ended. */
  while (poll (&waiting, 1, -1) < 0 || !(waiting.revents & POLLHUP))
    {
      struct seccomp_notif call;
      struct seccomp_notif_resp answer;

      memset (&call, 0, sizeof call);
      memset (&answer, 0, sizeof answer);
      if (ioctl (listener, SECCOMP_IOCTL_NOTIF_RECV, &call) < 0)
	{
	  /* A call that was interrupted before it was received. */
	  must (errno == ENOENT || errno == EINTR, "receive");
	  continue;
	}
      answer.id = call.id;
      answer.error = -injection (&call);
      if (answer.error == 0 && call.data.nr == SYS_openat2 && is_sized (&call))
	open_for (listener, &call, &answer);
      else if (answer.error == 0)
	answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
      if (ioctl (listener, SECCOMP_IOCTL_NOTIF_SEND, &answer) < 0)
	must (errno == ENOENT, "answer");
    }
}

static int
listen_to_self (void)
{
  struct sock_filter code[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 4, 0),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_execveat, 3, 0),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 3),
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, args)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, PR_GET_SECUREBITS, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { COUNT (code), code };

  must (prctl (PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0, "no_new_privs");
  return (int) syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

/* Moves the listener between processes: sends FD, or receives one when FD is negative. */
static int
pass (int channel, int fd)
{
  char byte = 0, space[CMSG_SPACE (sizeof fd)];
  struct iovec data = { &byte, 1 };
  struct msghdr message;
  struct cmsghdr *header;

  memset (&message, 0, sizeof message);
  memset (space, 0, sizeof space);
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = space;
  message.msg_controllen = sizeof space;
  if (fd < 0)
    {
      must (recvmsg (channel, &message, MSG_CMSG_CLOEXEC) == 1, "receive");
      header = CMSG_FIRSTHDR (&message);
      must (header != NULL, "descriptor");
      memcpy (&fd, CMSG_DATA (header), sizeof fd);
      return fd;
    }
  header = CMSG_FIRSTHDR (&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (sizeof fd);
  memcpy (CMSG_DATA (header), &fd, sizeof fd);
  must (sendmsg (channel, &message, 0) == 1, "send");
  return fd;
}

static void
inject (char *text)
{
  struct injection *each = &injections[injected++];
  char *call = strtok (text, ":");

  must (injected <= COUNT (injections) && call != NULL, "-i");
  each->number = strcmp (call, "openat2") == 0 ? SYS_openat2 : strcmp (call, "execveat") == 0 ? SYS_execveat : SYS_prctl;
  each->error = atoi (strtok (NULL, ":"));
  each->when = strtok (NULL, ":");
}

int
main (int argc, char **argv)
{
  int channel[2], option, status;
  pid_t child;

  while ((option = getopt (argc, argv, "+k:i:")) != -1)
    {
      if (option == 'k')
	policy = atoi (optarg);
      else
	inject (optarg);
    }
  must (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) == 0, "socketpair");
  child = fork ();
  must (child >= 0, "fork");
  if (child == 0)
    {
      int listener = listen_to_self ();

      must (listener >= 0, "seccomp");
      pass (channel[1], listener);
      close (listener);
      execvp (argv[optind], argv + optind);
      must (0, argv[optind]);
    }
  serve (pass (channel[0], -1));
  must (waitpid (child, &status, 0) == child, "wait");
  return WIFSIGNALED (status) ? 128 + WTERMSIG (status) : WEXITSTATUS (status);
}
