import { join } from 'node:path';
import ejs from 'ejs';
import { packageFolder } from '../package.ts';
import { layout } from './layout.ts';
import { STYLES, type StyleName } from './style.ts';

/** What of the C is wanted, and how it shall look. */
export interface RuntimeOptions {
  /** Before each name that other files see: `sh_` makes `sh_open_code`. */
  readonly prefix: string;
  readonly style: StyleName;
  /** False for K&R definitions. */
  readonly ansi: boolean;
  /** Macro around the arguments of prototypes: `PARAMS`. */
  readonly prototype?: string;
  /** The declarations, or the definitions with the directives that they need. */
  readonly part: 'header' | 'source';
  /** Everything is seen by one file only. */
  readonly static?: boolean;
  /** Before the names of functions that one file sees: perl's `S_`. */
  readonly localPrefix?: string;
  /** The plain call, `open` unless the project has its own name for it. */
  readonly open?: string;
  /** PREFIXfopen_code: the same as a stream. */
  readonly stdio?: boolean;
  /** PREFIXinteractive_denied: are commands denied that come from no file, but by an option, the input, the environment. */
  readonly interactive?: boolean;
  /** PREFIXcode_passes: may commands be read from this descriptor, the standard input. */
  readonly passes?: boolean;
  /** PREFIXdescriptor_passes: may this descriptor be executed, that was named like a file. */
  readonly descriptor?: boolean;
  /** Opens that end with EINTR are tried again by those who call, without end. */
  readonly retried?: boolean;
  /** The process may have threads when the first code is opened. */
  readonly threads?: boolean;
  /** Functions of libc are macros there, some of which want what is not at hand: they are called past these. */
  readonly macros?: boolean;
  /** Users name descriptors by number (a shell): none is kept open for the log. */
  readonly closelog?: boolean;
  /** A file that somebody writes is refused with ETXTBSY, as by execve; EACCES unless given, which ends searches. */
  readonly busy?: boolean;
  /** Statements around AT_EXECVE_CHECK, for a lock that no thread starts without. */
  readonly guard?: { readonly enter: string; readonly leave: string };
  /**
   * How programs that run while the interpreter is being built say so: MAYEXEC_BUILD_PROGRAM where they have
   * separate objects, the variable PREFIXcode_exempt where they share them.
   */
  readonly exempt?: 'macro' | 'variable';
  /** That variable's name, where the project has its own style for it: perl's `PL_code_exempt`. */
  readonly exemption?: string;
}

const folder = join(packageFolder, 'src', 'runtime', 'c');

/** Renders the C that opens code, or its declarations, for a file of the project to include. */
export function renderRuntime(options: RuntimeOptions): string {
  const text = ejs.render(`<%- include('${options.part}.ejs') -%>`, values(options), {
    filename: join(folder, 'start.ejs'),
    cache: false,
  });
  return `${layout(text, STYLES[options.style], options).trim()}\n`;
}

function values(options: RuntimeOptions): ejs.Data {
  const { passes = false, descriptor = false, threads = false } = options;
  return {
    p: options.prefix,
    s: options.localPrefix ?? '',
    ways: `${options.prefix.toUpperCase()}CODE_`,
    linkage: options.static === true ? 'static' : 'extern',
    scope: options.static === true ? 'static ' : '',
    open: options.open ?? 'open',
    stdio: options.stdio ?? false,
    interactive: options.interactive ?? false,
    passes,
    descriptor,
    reopens: passes || descriptor,
    closelog: options.closelog ?? false,
    busy: options.busy ?? false,
    guard: options.guard,
    exempt: options.exempt ?? 'macro',
    exemption: options.exemption ?? `${options.prefix}code_exempt`,
    threads,
    retried: options.retried ?? false,
    // A macro with parameters is one only where a parenthesis follows its name.
    libc: (name: string) => (options.macros === true ? `(${name})` : name),
    load: (name: string) => (threads ? `load_relaxed(${name})` : name),
    store: (name: string, value: string) =>
      threads ? `store_relaxed(${name}, ${value})` : `${name} = ${value}`,
  };
}
