/** The words of a name in small letters: `my_loadFile2` is my, load, file, and `srcopen` is src, open. */
function wordsOf(name: string): readonly string[] {
  const known = memo.get(name);
  if (known) return known;
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z]{2})open(?![a-z])/g, '$1 open')
    .replace(/(?<![A-Za-z])src(?=file|unit)/gi, 'src ')
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
  const score = LEXER.test(name)
    ? 3
    : words.some((word) => APART.test(word))
      ? 0
      : words.some((word) => STRONG.test(word))
        ? 3
        : words.some((word) => WEAK.test(word))
          ? RUNS.test(words.join(' '))
            ? 3
            : 2
          : words.some((word) => TOKENS.test(word))
            ? 1
            : 0;
  sinks.set(name, score);
  return score;
}

const sinks = new Map<string, number>();

const STRONG =
  /^(?:yyrestart|(?:yy|re)?parse[rs]?|parsing|eval\w*|execute\w*|execfile|exec|interpret\w*|compile\w*|dlm?open)$|^(?:parse|eval|interp)|^(?!arg|opt|date|time|url|json|xml|num)\w+pars(?:e|er|ing)$/;
const WEAK =
  /^(?:yylex|lex\w*|run\w*|(?:re|pre)?load(?!path|avg)\w*|(?:do)?source\w*|include(?!path|dir)\w*|script\w*|import\w*|require\w*|autoload\w*|dofile)$/;
const TOKENS = /^(?:\w*token\w*|(?:cmd|command|main|reader)?loop|repl)$/;

/** What flex(1) makes to give a scanner its input; `%option prefix` and projects put more in front. */
const LEXER =
  /(?:^|_)yy(?:restart|_?set_in|_?(?:create|switch_to|push|scan)_(?:buffer|buffer_state|string|bytes))$/;

/** How much the name of a variable says that what is put into it is evaluated: flex(1) and lex(1) read from `yyin`. */
export function evaluatesInput(name: string): number {
  return /(?:^|_)\.?yyin$/.test(name) || name === '.yyin_r' ? 3 : 0;
}

/** Words of what is parsed, run or loaded and is no code: names of such a function say that it evaluates nothing. */
const APART =
  /^(?:date|time\w*|tm|int\w*|num\w*|float|double|decimal|octal|hex|digit|size|mode|opts?|options?|getopts?|args?|argv|argument\w*|flags?|env|environ\w*|locale|charset|encoding|colou?rs?|term\w*|history|hist|mail|prompt|url|uid|gid|user|passwd|auth\w*|group|stat|status|errors?|hosts?|addr\w*|inet|sock\w*|pid|jobs?|cleanup|length|len|free|done|finish\w*|debug|dump|print\w*|msg|message|icon|font|path|name|id|key|cmdline|conf\w*|cfg|utf|unicode|resource|collate|ctype|regex\w*|regexp?|glob|format|fmt|state|info|width|count|level|index|range|mask|get|set|is|has|new|dup|clone|restore|acquire|release|threads?|locks?|eof|cloexec|close|domain|add|del|delete|remove|alloc|destroy|clear|reset|check|test|trap|traps|hook|hooks|re|patterns?)$/;

/** How much a name, or a path, says about what a file holds: the code on one side, everything else on the other. */
export interface Leaning {
  /** Words that tell of code. */
  readonly code: readonly string[];
  /** Words that tell of anything else. */
  readonly other: readonly string[];
}

const CODE =
  /^(?:scripts?\w*|\w*script|code|src|sources?|sourcefile|program|prog|progfile|progname|modules?|startup\w*|profile|rc|\w*rc|rcfile|init|initfile|inits?|login|logout|eval\w*|exec|execute|run|(?:re|pre)?load(?!path|avg)\w*|include(?!path|dir)\w*|import\w*|require\w*|autoload\w*|plugins?|extensions?|compile\w*|interpret\w*|library|lib|macros?|func|functions?|cmd|cmds|commands?|site|package|bytecode|dofile|parse\w*|scan|scanner|lex\w*|input|batch)$/;
const OTHER =
  /^(?:history|hist\w*|tmp\w*|temp|tempfiles?|tempnames?|temporary|tempdirs?|log\w*|dump\w*|trace|debug|out|output|outfile|write\w*|save\w*|tty|ttyname|term\w*|null|devnull|mail\w*|passwd|group|utmp|wtmp|stats?|proc|random|urandom|entropy|locale|catalog\w*|cat|msg\w*|messages?|pipe\w*|sock\w*|redir\w*|lock\w*|pid\w*|cache|mem\w*|dirs?|directory|dirfd|folder|sym|symbols?|cov\w*|gcov|prof|dbm|db|database|help|docs?|font|sound|zip|gz\w*|zlib|bz|kmsg|stdout|stderr|hosts?|resolv|net|copy|checksum|hash|digest|backup|chmod|chown|stat|mount|mtab|fstab|device|dev|disk|cpu\w*|audio|cgroup\w*|self|heredoc|here|fifo|coproc\w*|timezone|tz\w*|zone\w*|nls|charset|encoding|termcap|terminfo|errors?|report|usage|test|editor|edit\w*|spell|access|perm\w*|sync|truncate|unlink|rename|malloc|perf)$/;

/** Words that name code, and not only what is done with it. */
const NOUN =
  /^(?:scripts?\w*|\w*script|code|bytecode|sourcefile|source|program|progfile|modules?|startup\w*|profile|\w*rc|rcfile|initfile|dofile|evalfile|execfile|loadfile)$/;

/** How much a word of code says: 2 for what names code, 1 for what is done with it. */
export function weight(word: string): number {
  return NOUN.test(word) ? 2 : 1;
}

/** Words that tell what is written: where a file is opened to be read they tell what it was written by, and nothing against code. */
const WRITTEN = /^(?:dump\w*|out|output|outfile|write\w*|save\w*|trace|report|backup)$/;

/** Words without those that a file which is read may have been written by. */
export function asRead(words: readonly string[]): readonly string[] {
  return words.filter((word) => !WRITTEN.test(word));
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

/** Names of functions that run what is in the file that they are given. */
const RUNS = /(?:^| )(?:run|do|source) ?(?:files?|fd|streams?|scripts?)(?: |$)/;

const OBJECT = 'scripts?|program|prog|code|bytecode|modules?|startup|profile|source';
const RUNS_FILE = new RegExp(
  '(?:^| )(?:parse|eval(?:uate)?|exec(?:ute)?|interpret|run|load|src|source|include|import|require|compile|do) ?(?:\\w+ )?' +
    `(?:files?|streams?|fd|${OBJECT})x?(?: |$)|(?:^| )open (?:${OBJECT})(?: |$)`,
);

/** Whether the name of a function says what it does, and that it does it with code in a file: `run_file`, `open_script`. */
export function runsFile(name: string): boolean {
  const words = wordsOf(name);
  return !words.some((word) => APART.test(word)) && RUNS_FILE.test(words.join(' '));
}

/** Files whose functions read code, by the usual words in their names. */
const READERS = /^(?:lex\w*|\w*lexer|scan|scanner|pars\w*|token\w*|gram\w*)$/;

/**
 * How much a function says that what it takes from a variable is code: parsers and scanners take nothing else, while what
 * executes a program reads its data too. In a file of a parser or scanner what reads from it is a part of that.
 *
 * @param reads whether it reads from the variable, as from a stream
 */
export function takes(name: string, file: string, reads: boolean): number {
  if (
    evaluates(name) > 0 &&
    wordsOf(name).some((word) =>
      /^(?:yy)?(?:parse[rs]?|lex\w*|compile\w*|source|include|\w*token\w*)$/.test(word),
    )
  )
    return 2;
  return reads && isReaderFile(file) ? 2 : 0;
}

/** Whether the name of a file says that its functions are those of a parser or a scanner. */
export function isReaderFile(file: string): boolean {
  const base = file.replace(/^.*\//, '').replace(/\.\w+$/, '');
  return wordsOf(base).some((word) => READERS.test(word));
}
