/* What every file of toy sees. */
#ifndef TOY_H
#define TOY_H

#include <fcntl.h>
#include <stdio.h>

#define aTOY_ toy,
#define pTOY_ struct toy *toy,
#define ID(name) toy_id_ ## name

/* Another name, from times when open was not there everywhere. */
#define SYS_OPENER ( open ) /* the system's */

struct object;
struct toy;

typedef struct device
{
  int (*open) (const char *);
  int (*close) (int);
} device;

extern int toy_denied (void);
extern struct object *call_method (struct object *, void *, const char *, ...);
extern void *ToyIO_openn (struct toy *, const char *layers, const char *mode, int, int, int, void *, int, char **);

#endif
