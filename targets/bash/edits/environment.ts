import type { Edit } from '../../../src/target/contract.ts';
import { head, prototype } from './head.ts';

/** The functions that know what of the environment is code. */
export const environment: readonly Edit[] = [
  {
    patch: 'environment',
    file: 'variables.c',
    changes: [
      {
        find: /^static SHELL_VAR \*bind_invalid_envvar .*\n/m,
        put: 'after',
        text: (_match, release) =>
          `${prototype(release, 'static int expands_commands', 'const char *')};\n` +
          `${prototype(release, 'static int envvar_is_code', 'const char *, const char *')};\n`,
      },
      {
        find: '/* Initialize the shell variables from the current environment.\n',
        put: 'before',
        text: (_match, release) => functions(release),
      },
    ],
  },
  {
    patch: 'environment',
    file: 'variables.h',
    changes: [
      {
        find: /^extern void initialize_shell_variables .*\n/m,
        put: 'after',
        text: (_match, release) =>
          `${prototype(release, 'extern int option_denied', 'int, const char *, const char *')};\n` +
          `${prototype(release, 'extern void ignore_locales', 'char **')};\n`,
      },
    ],
  },
];

const functions = (release: Parameters<typeof head>[0]): string => `\
/* The same in every locale; not for NUL. */
#define ascii_letter(c) \\
	((c) && strchr ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", (c)))

/* Return 1 if expanding STRING, a prompt or the name of a file, can execute
   commands.  A plain $NAME or \${NAME} cannot: what it stands for is not
   expanded again.  Anything else can, be it by a variable that another one
   names.  In a prompt, a backslash and digits can be a \`$'. */
static int
${head(release, 'expands_commands', 'const char *string')}\
{
  const char *s;
  int brace;

  for (s = string; *s; )
    {
      if (*s == '\\\\')
	{
	  if (ascii_letter (s[1]) == 0 && member (s[1], "$[]!#@") == 0)
	    return 1;
	  /* it can be the second half of a character, which \\w can begin as well */
	  if ((s > string && (s[-1] & 0x80)) || (locale_mb_cur_max > 1 && locale_utf8locale == 0))
	    return 1;
	  s += 2;
	}
      /* the shell's own quoting, which unquotes what comes after it */
      else if (*s == CTLESC || *s == CTLNUL)
	return 1;
      else if (*s == '$')
	{
	  brace = *++s == '{';		/* } */
	  s += brace;
	  if (ascii_letter (*s) == 0 && *s != '_')
	    return 1;
	  while (ascii_letter (*s) || *s == '_' || member (*s, "0123456789"))
	    s++;
	  if (brace && *s++ != '}')
	    return 1;
	}
      else if (*s++ == '\`')
	return 1;
    }

  return 0;
}

/* Return 1 if the environment's variable NAME holds commands, in VALUE, that
   the shell executes without being told to by those that it reads. */
static int
${head(release, 'envvar_is_code', 'const char *name', 'const char *value')}\
{
#if defined (FUNCTION_IMPORT)
  if (STREQN (BASHFUNC_PREFIX, name, BASHFUNC_PREFLEN) && STREQN ("() {", value, 4))
    return 1;
#endif

  /* The shell's own messages, some of which are expanded or are formats, and
     those of scripts, which can be evaluated as numbers or subscripts. */
  if (STREQ (name, "TEXTDOMAIN"))
    return (STREQ (value, PACKAGE) || strchr (value, '/') != 0);

  /* Subscripts are expanded once more; what is traced is what a command
     substitution yields. */
  if (STREQ (name, "TEXTDOMAINDIR") || STREQ (name, "BASH_COMPAT") || STREQ (name, "BASH_XTRACEFD"))
    return (*value != '\\0');

  if (STREQ (name, "BASH_ENV") || STREQ (name, "PS4"))
    return (expands_commands (value));

  if (interactive_shell == 0)
    return 0;

  if (STREQ (name, "PROMPT_COMMAND"))
    return (*value != '\\0');

  if (STREQ (name, "ENV") || STREQ (name, "MAILPATH") || STREQ (name, "PS0") ||
      STREQ (name, "PS1") || STREQ (name, "PS2"))
    return (expands_commands (value));

  return 0;
}

/* Return 1, and say so, if the option NAME may not be set by WHERE, which is no
   file, since scripts then evaluate text that they do not evaluate without it,
   and CODE from there is denied.  WHERE is a variable, or begins with the sign
   of an option. */
int
${head(release, 'option_denied', 'int code', 'const char *where', 'const char *name')}\
{
  static const char * const denied[] = {
    "extglob", "histexpand", "history", "localvar_inherit", "xpg_echo", "xtrace", (char *)NULL
  };
  int i;

  if (*where == '+')
    {
      if (STREQ (name, "interactive_comments") == 0 && STREQ (name, "interactive-comments") == 0)
	return 0;
    }
  else if (STREQN (name, "compat", 6) == 0)
    {
      for (i = 0; denied[i]; i++)
	if (STREQ (name, denied[i]))
	  break;
      if (denied[i] == 0)
	return 0;
    }

  if (sh_interactive_denied (code) == 0)
    return 0;

  internal_warning ("%s: %s: SECBIT_EXEC_DENY_INTERACTIVE: %s", where, name, strerror (EACCES));
  return 1;
}

/* Locales that the user made can say that any byte is a blank or a letter, and
   have text for a prompt; a path in LANGUAGE leads to messages that he made.
   Take them out of ENV, where libc looks for them, if commands from the
   environment are denied. */
void
${head(release, 'ignore_locales', 'char **env')}\
{
  char **from, **to;
  const char *name;

  for (from = to = env; from && *from; from++)
    {
      if (STREQN (*from, "LOCPATH=", 8))
	name = "LOCPATH";
      else if (STREQN (*from, "LANGUAGE=", 9) && strchr (*from, '/'))
	name = "LANGUAGE";
      else
	name = (char *)NULL;

      if (name && sh_interactive_denied (SH_CODE_VARIABLE))
	internal_warning ("%s: SECBIT_EXEC_DENY_INTERACTIVE: %s", name, strerror (EACCES));
      else
	*to++ = *from;
    }
  if (to)
    *to = (char *)NULL;
}

`;
