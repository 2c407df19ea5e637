/* SPDX-License-Identifier: MIT
 *
 * The words of a list that the kit writes for one of its programs: bytes outside of [A-Za-z0-9_./-] as %XX, with two
 * hexadecimal digits (`quote` of fixtures.ts).
 */
#ifndef MAYEXEC_DECODE_H
#define MAYEXEC_DECODE_H

#include <stddef.h>
#include <stdio.h>

/* %XX becomes a byte, in place. Returns the length, since one of the bytes may be 0. */
static inline size_t decode(char *text)
{
	const char *begin = text;
	char *to = text;

	for (; *text; text++) {
		unsigned int byte;

		if (*text == '%' && sscanf(text + 1, "%2x", &byte) == 1) {
			*to++ = (char)byte;
			text += 2;
		} else {
			*to++ = *text;
		}
	}
	*to = 0;
	return (size_t)(to - begin);
}

#endif
