import { has } from '../../../src/target/capabilities.js';
import type { Edit, Release } from '../../../src/target/contract.js';
import { head } from './head.js';

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

/** Without the option noexpand_translation the callers put double quotes around what they get. */
const quoting = (release: Release): string =>
  has(release, 'noexpand-translation')
    ? `\
      /* with noexpand_translation the callers put single quotes around it */
      if (singlequote_translations == 0 && STREQ (t, temp) == 0 && translations_are_text ())
	{
	  t2 = sh_backslash_quote_for_double_quotes (t, 0);
	  free (t);
	  t = t2;
	  len = strlen (t);
	}
`
    : `\
      if (STREQ (t, temp) == 0 && translations_are_text ())
	{
	  t2 = sh_backslash_quote_for_double_quotes (t);
	  free (t);
	  t = t2;
	  len = strlen (t);
	}
`;
