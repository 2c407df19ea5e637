/** The words of a name in small letters: `my_loadFile2` is my, load, file, and `srcopen` is src, open. */
function wordsOf(name: string): readonly string[] {
  const known = memo.get(name);
  if (known) return known;
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z]{2})open(?![a-z])/g, '$1 open')
    .split(/[^A-Za-z]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
  memo.set(name, words);
  return words;
}

const memo = new Map<string, readonly string[]>();

/**
 * How much a name says that what it is given is run: 3 for parsers, compilers and evaluators, 2 for what runs or loads
 * something, 1 for what reads it as tokens; 0 for any other.
 */
export function evaluates(name: string): number {
  const known = sinks.get(name);
  if (known !== undefined) return known;
  const words = wordsOf(name);
  const score = words.some((word) => APART.test(word))
    ? 0
    : words.some((word) => STRONG.test(word))
      ? 3
      : words.some((word) => WEAK.test(word))
        ? 2
        : words.some((word) => TOKENS.test(word))
          ? 1
          : 0;
  sinks.set(name, score);
  return score;
}

const sinks = new Map<string, number>();

const STRONG =
  /^(?:yyrestart|(?:yy|re)?parse[rs]?|parsing|eval\w*|execute\w*|execfile|exec|interpret\w*|compile\w*|dlm?open)$|^(?:parse|eval|interp)/;
const WEAK =
  /^(?:yylex|lex\w*|run\w*|load\w*|source\w*|include\w*|script\w*|import\w*|require\w*|autoload\w*|dofile)$/;
const TOKENS = /^(?:\w*token\w*|\w*loop)$/;

/** Words of what is parsed, run or loaded and is no code: names of such a function say that it evaluates nothing. */
const APART =
  /^(?:date|time\w*|tm|int\w*|num\w*|float|double|decimal|octal|hex|digit|size|mode|opts?|options?|getopts?|args?|argv|argument\w*|flags?|env|environ\w*|locale|charset|encoding|colou?rs?|term\w*|history|hist|mail|prompt|url|uid|gid|user|passwd|group|stat|status|errors?|hosts?|addr\w*|inet|sock\w*|pid|jobs?|cleanup|length|len|free|done|finish\w*|debug|dump|print\w*|msg|message|icon|image|font|path|name|id|key|cmdline|utf|unicode|resource|collate|ctype|regex\w*|regexp?|glob|format|fmt|state|info|width|count|level|index|range|mask|get|set|is|has|new|dup|clone|restore|acquire|release|threads?|locks?|eof|cloexec|close|domain|add|del|delete|remove|alloc|destroy|clear|reset|check|test|trap|traps|hook|hooks|re|patterns?)$/;

/** How much a name, or a path, says about what a file holds: the code on one side, everything else on the other. */
export interface Leaning {
  /** Words that tell of code. */
  readonly code: readonly string[];
  /** Words that tell of anything else. */
  readonly other: readonly string[];
}

const CODE =
  /^(?:scripts?\w*|\w*script|code|src|sources?|sourcefile|program|prog|progfile|progname|modules?|startup\w*|profile|rc|\w*rc|rcfile|init|initfile|inits?|login|logout|eval\w*|exec|execute|run|load\w*|include\w*|import\w*|require\w*|autoload\w*|plugins?|extensions?|compile\w*|interpret\w*|library|lib|macros?|func|functions?|cmd|cmds|commands?|site|package|bytecode|dofile|parse\w*|scan|scanner|lex\w*|input|batch)$/;
const OTHER =
  /^(?:history|hist\w*|tmp\w*|temp\w*|log\w*|dump\w*|trace|debug|out|output|outfile|write\w*|save\w*|tty|ttyname|term\w*|null|devnull|mail\w*|passwd|group|utmp|wtmp|stats?|proc|random|urandom|entropy|locale|catalog\w*|cat|msg\w*|messages?|pipe\w*|sock\w*|redir\w*|lock\w*|pid\w*|cache|mem\w*|dirs?|directory|dirfd|folder|sym|symbols?|cov\w*|gcov|prof|dbm|db|database|help|docs?|image|font|sound|zip|gz\w*|zlib|bz|kmsg|stdout|stderr|hosts?|resolv|net|copy|cp|checksum|hash|digest|backup|chmod|chown|stat|mount|mtab|fstab|device|dev|disk|cpu\w*|audio|cgroup\w*|self|heredoc|here|fifo|coproc\w*|timezone|tz\w*|zone\w*|nls|charset|encoding|termcap|terminfo|errors?|report|usage|test|editor|edit\w*|spell|access|perm\w*|sync|truncate|unlink|rename|malloc|perf)$/;

/** Words that name code, and not only what is done with it. */
const NOUN =
  /^(?:scripts?\w*|\w*script|code|bytecode|sourcefile|source|program|progfile|modules?|startup\w*|profile|\w*rc|rcfile|initfile|dofile|evalfile|execfile|loadfile)$/;

/** How much a word of code says: 2 for what names code, 1 for what is done with it. */
export function weight(word: string): number {
  return NOUN.test(word) ? 2 : 1;
}

/** What names say about a file. */
export function leaning(names: readonly string[]): Leaning {
  const code = new Set<string>();
  const other = new Set<string>();
  for (const name of names) {
    for (const word of wordsOf(name)) {
      if (OTHER.test(word)) other.add(word);
      else if (CODE.test(word)) code.add(word);
    }
  }
  return { code: [...code], other: [...other] };
}

const OBJECT = 'scripts?|program|prog|code|bytecode|modules?|startup|profile|source';
const RUNS_FILE = new RegExp(
  '(?:^| )(?:parse|eval(?:uate)?|exec(?:ute)?|interpret|run|load|source|include|import|require|compile|do) ?(?:\\w+ )?' +
    `(?:files?|streams?|fd|${OBJECT})x?(?: |$)|(?:^| )open (?:${OBJECT})(?: |$)`,
);

/** Whether the name of a function says what it does, and that it does it with code in a file: `run_file`, `open_script`. */
export function runsFile(name: string): boolean {
  const words = wordsOf(name);
  return !words.some((word) => APART.test(word)) && RUNS_FILE.test(words.join(' '));
}

/**
 * How much the name of a function says that what it takes from a variable is code: parsers and scanners take nothing else,
 * while what executes a program reads its data too.
 */
export function takes(name: string): number {
  const words = wordsOf(name);
  if (evaluates(name) === 0) return 0;
  return words.some((word) =>
    /^(?:yy)?(?:parse[rs]?|lex\w*|compile\w*|source|include|\w*token\w*)$/.test(word),
  )
    ? 2
    : 0;
}
