import { constants } from 'node:fs';
import type { Fixture, Policy, User } from './bed.ts';

// Node has not these two, which have one value wherever the supervisor is built.
const O_CLOEXEC = 0o2000000;
const O_PATH = 0o10000000;
const { O_WRONLY, O_RDWR, O_CREAT, O_NONBLOCK, O_DIRECTORY, O_NOFOLLOW } = constants;

/** What an open answers under policy 0, 1, 2 and 3, by whom. */
type Answers = string | Partial<Readonly<Record<User, string>>>;

/** One kind of file and way to open it. */
export interface Row {
  readonly name: string;
  readonly fixtures: readonly Fixture[];
  readonly path: string;
  readonly flags: number;
  readonly call: 'open' | 'openat';
  readonly hold?: string;
  /** Four words, or those of a user who gets others; `root` counts for `bare-root` too unless that has its own. */
  readonly answers: Answers;
  /** Devices and other owners. */
  readonly needsRoot: boolean;
}

interface Extra {
  readonly flags?: number;
  readonly call?: 'openat';
  readonly hold?: string;
  readonly needsRoot?: true;
}

function row(
  name: string,
  fixtures: readonly Fixture[],
  path: string,
  answers: Answers,
  extra: Extra = {},
): Row {
  const { flags = 0, call = 'open', hold, needsRoot = false } = extra;
  return {
    name,
    fixtures,
    path,
    flags: flags | O_CLOEXEC,
    call,
    ...(hold !== undefined && { hold }),
    answers,
    needsRoot,
  };
}

const file = (path: string, mode: number, owner?: 'root'): Fixture => ({
  kind: 'file',
  path,
  mode,
  ...(owner && { owner }),
});
const link = (path: string, to: string): Fixture => ({ kind: 'link', path, to });

const ALWAYS = 'ok ok ok ok';
const MODE = 'ok ok EACCES EACCES';
const MOUNT = 'ok EACCES ok EACCES';
const BOTH = 'ok EACCES EACCES EACCES';
const DIRECTORY = 'EISDIR EISDIR EISDIR EISDIR';
const INVALID = 'EINVAL EINVAL EINVAL EINVAL';

/**
 * The table: what an open with O_MAYEXEC answers, by the v7 series and as measured in a kernel that was patched
 * with it. Every bed is held against it.
 */
export const TABLE: readonly Row[] = [
  row('0755', [file('0755', 0o755)], '0755', ALWAYS),
  row('0644', [file('0644', 0o644)], '0644', MODE),
  row(
    '0744-of-root',
    [file('0744', 0o744, 'root')],
    '0744',
    { root: ALWAYS, nobody: MODE },
    { needsRoot: true },
  ),
  row('0654', [file('0654', 0o654)], '0654', { root: ALWAYS, 'bare-root': MODE, nobody: MODE }),
  row(
    '0711-of-root',
    [file('0711', 0o711, 'root')],
    '0711',
    { root: ALWAYS, nobody: 'EACCES EACCES EACCES EACCES' },
    { needsRoot: true },
  ),
  row('0755-noexec', [{ kind: 'noexec', path: 'n1' }, file('n1/f', 0o755)], 'n1/f', MOUNT),
  row('0644-noexec', [{ kind: 'noexec', path: 'n2' }, file('n2/f', 0o644)], 'n2/f', BOTH),
  row(
    '0744-of-root-noexec',
    [{ kind: 'noexec', path: 'n3' }, file('n3/f', 0o744, 'root')],
    'n3/f',
    { root: MOUNT, nobody: BOTH },
    { needsRoot: true },
  ),
  row('link-to-0755', [file('to-0755', 0o755), link('link-0755', 'to-0755')], 'link-0755', ALWAYS),
  row('link-to-0644', [file('to-0644', 0o644), link('link-0644', 'to-0644')], 'link-0644', MODE),
  row(
    'link-to-noexec',
    [{ kind: 'noexec', path: 'n4' }, file('n4/f', 0o755), link('link-noexec', 'n4/f')],
    'link-noexec',
    MOUNT,
  ),
  row('link-nofollow', [link('link-here', '.')], 'link-here', 'ELOOP ELOOP ELOOP ELOOP', {
    flags: O_NOFOLLOW,
  }),
  row('link-loop', [link('loop', 'loop')], 'loop', 'ELOOP ELOOP ELOOP ELOOP'),
  row('missing', [], 'missing', 'ENOENT ENOENT ENOENT ENOENT'),
  row('0755-slash', [file('slash', 0o755)], 'slash/', 'ENOTDIR ENOTDIR ENOTDIR ENOTDIR'),
  row('dot-dot', [{ kind: 'directory', path: 'd1' }, file('dots', 0o644)], 'd1/../dots', MODE),
  row('directory', [{ kind: 'directory', path: 'd2' }], 'd2', DIRECTORY),
  row('top-directory', [], '/', DIRECTORY, { flags: O_DIRECTORY }),
  row('character', [{ kind: 'character', path: 'char', major: 1, minor: 3 }], 'char', BOTH, {
    needsRoot: true,
  }),
  row('dev-null', [], '/dev/null', BOTH),
  row('dev-full-0666', [], '/dev/full', BOTH),
  // A number that is kept free for local use: there is no device behind the name.
  row(
    'block',
    [{ kind: 'block', path: 'block', major: 240, minor: 0 }],
    'block',
    'ENXIO EACCES EACCES EACCES',
    { needsRoot: true },
  ),
  row('fifo', [{ kind: 'fifo', path: 'fifo', mode: 0o755 }], 'fifo', BOTH, { flags: O_NONBLOCK }),
  row('socket', [{ kind: 'socket', path: 'socket', mode: 0o755 }], 'socket', 'ENXIO EACCES EACCES EACCES'),
  row('pipe', [], '/proc/self/fd/9', BOTH, { hold: 'pipe' }),
  row('memfd', [], '/proc/self/fd/9', ALWAYS, { hold: 'memfd' }),
  row('self-fd-to-0755', [file('fd-0755', 0o755)], '/proc/self/fd/9', ALWAYS, { hold: 'fd-0755' }),
  row('self-fd-to-0644', [file('fd-0644', 0o644)], '/proc/self/fd/9', MODE, { hold: 'fd-0644' }),
  row('thread-self', [file('thread', 0o644)], '/proc/thread-self/fd/9', MODE, { hold: 'thread' }),
  row('dev-fd', [file('devfd', 0o644)], '/dev/fd/9', MODE, { hold: 'devfd' }),
  row('link-to-dev-fd', [file('held', 0o755), link('link-fd', '/dev/fd/9')], 'link-fd', ALWAYS, {
    hold: 'held',
  }),
  row('proc-maps', [], '/proc/self/maps', BOTH),
  row('o-path', [file('path', 0o755)], 'path', INVALID, { flags: O_PATH }),
  row('o-creat-new', [{ kind: 'directory', path: 'd3' }], 'd3/new', ALWAYS, { flags: O_CREAT | O_RDWR }),
  row('o-creat-there', [file('there', 0o644)], 'there', MODE, { flags: O_CREAT | O_RDWR }),
  row('o-wronly-0755', [file('w0755', 0o755)], 'w0755', ALWAYS, { flags: O_WRONLY }),
  row('o-wronly-0644', [file('w0644', 0o644)], 'w0644', MODE, { flags: O_WRONLY }),
  row('openat-0644', [file('at', 0o644)], 'at', ALWAYS, { call: 'openat' }),
  row('openat-directory', [{ kind: 'directory', path: 'd4' }], 'd4', ALWAYS, { call: 'openat' }),
];

/** A difference between a bed and the table that is known and meant. */
export interface Difference {
  readonly bed: string;
  readonly row: RegExp;
  readonly policies: readonly Policy[];
  /** The answer; `check` where a bed's mechanism is the kernel's check of an open file. */
  readonly gives: string;
  readonly why: string;
}

/** All differences; one that does not occur any more fails as well. */
export const DIFFERENCES: readonly Difference[] = [
  {
    bed: 'stock',
    row: /^(?!openat-)/,
    policies: [0],
    gives: 'EINVAL',
    why: 'a kernel without the flag refuses it before it looks at the path',
  },
  {
    bed: 'securebits',
    row: /^(directory|top-directory)$/,
    policies: [0],
    gives: 'ok',
    why: 'a plain open of a directory succeeds',
  },
  {
    bed: 'securebits',
    row: /^(directory|top-directory)$/,
    policies: [3],
    gives: 'EACCES',
    why: 'the check comes after the open and says EACCES of all that is no file',
  },
  {
    bed: 'securebits',
    row: /^(block|socket)$/,
    policies: [3],
    gives: 'ENXIO',
    why: 'the open fails before there is a file to check',
  },
  {
    bed: 'securebits',
    row: /^o-path$/,
    policies: [0, 3],
    gives: 'ok',
    why: 'the check takes an O_PATH descriptor',
  },
  {
    bed: 'securebits',
    row: /^o-creat-new$/,
    policies: [3],
    gives: 'EACCES',
    why: 'a new file is judged by its mode like any other',
  },
  {
    bed: 'securebits',
    row: /^o-wronly-0755$/,
    policies: [3],
    gives: 'ETXTBSY',
    why: 'what is open for writing cannot be executed, not even by the writer',
  },
];
