/* SPDX-License-Identifier: 0BSD */

/* Prints the securebits of the process, in hexadecimal. */

#include <stdio.h>
#include <sys/prctl.h>

int
main(void)
{
    printf("%x\n", (unsigned int)prctl(PR_GET_SECUREBITS));
    return 0;
}
