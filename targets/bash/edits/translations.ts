import { has } from '../../../src/target/capabilities.ts';
import type { Edit, Release } from '../../../src/target/contract.ts';
import { head } from './head.ts';

/** Translations that are not expanded where a policy says what may be executed. */
export const translations: readonly Edit[] = [
  {
    patch: 'translations',
    file: 'locale.c',
    changes: [
      {
        find: '/* $"..." -- Translate the portion of STRING between START and END\n',
        put: 'before',
        text: (_match, release) => `\
/* Return 1 if translations are text to the shell, and nothing in them is to be
   expanded: as soon as there is a policy about what it executes, since message
   catalogues are opened by libintl and judged by nobody.  A policy that is
   about files refuses everything that is no regular file. */
static int
${head(release, 'translations_are_text')}\
{
  int fd;

  if (sh_interactive_denied (SH_CODE_VARIABLE))
    return 1;

  fd = sh_open_code ("/dev/null", O_RDONLY);
  if (fd >= 0)
    close (fd);
  return (fd < 0);
}

`,
      },
      {
        find: '      t = localetrans (temp, tlen, &len);\n',
        put: 'after',
        text: (_match, release) => quoting(release),
      },
    ],
  },
];

/**
 * Double quotes are what the callers put around it, or single ones with the option noexpand_translation, which do not
 * quote within all that are double.
 */
const quoting = (release: Release): string => {
  const single = has(release, 'noexpand-translation');
  const text = single ? 't, 0' : 't';
  return `\
      if (strpbrk (t, "$\`\\\\\\"") && STREQ (t, temp) == 0 && translations_are_text ())
	{
	  /* ${single ? 'single quotes may not quote; ' : ''}a backslash can be half a character */
	  if (${single ? 'singlequote_translations || ' : ''}(locale_mb_cur_max > 1 && locale_utf8locale == 0))
	    t2 = savestring (temp);
	  else
	    t2 = sh_backslash_quote_for_double_quotes (${text});
	  free (t);
	  t = t2;
	  len = strlen (t);
	}
`;
};
