import { basename } from 'node:path';
import { Parser } from 'tar';
import type { ReadEntry } from 'tar';
import { problem } from '../problems.ts';
import { throwIfInterrupted } from '../programs/cleanup.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import { plainBytes } from './decompress.ts';

/** CPython, the largest known release, has 5,000. */
const MOST_ENTRIES = 200_000;

/** First bytes of gzip and zstd: the parser would unpack them by itself, past the limits. */
const COMPRESSED = ['1f8b', '28b52ffd'];

const KINDS: Readonly<Record<string, ArchiveEntry['kind']>> = {
  File: 'file',
  OldFile: 'file',
  ContiguousFile: 'file',
  Directory: 'folder',
  SymbolicLink: 'symlink',
  Link: 'hardlink',
};

/** Takes an entry's bytes. */
export interface Sink {
  write(chunk: Buffer): void;
  end(): void;
}

/**
 * Reads a tar archive from its beginning to its end.
 *
 * @param file the archive, plain or compressed
 * @param visit called for each entry in the archive's order; gives what takes the entry's bytes, if anything
 * @throws Problem `truncated-archive` for damage, `hostile-archive` past a limit (200,000 entries; see
 * {@link plainBytes} for the bytes), `missing-tool`, `interrupted`; whatever `visit` and the sinks throw
 */
export async function readArchive(
  file: string,
  visit: (entry: ArchiveEntry, index: number) => Sink | undefined,
): Promise<void> {
  const name = basename(file);
  const damaged = (message: string): Error => problem('truncated-archive', { file: name, message });
  const parser = new Parser({ strict: true });
  const state: State = { failure: undefined, complete: false, count: 0, unfinished: undefined };
  parser.on('error', (error: Error) => (state.failure ??= damaged(error.message)));
  parser.on('eof', () => (state.complete = true));
  parser.on('ignoredEntry', (entry: ReadEntry) => {
    const reason = entry.meta
      ? 'its extended header is too long'
      : `is of kind ${entry.type}, which no source needs`;
    state.failure ??= problem('hostile-archive', { file: name, entry: JSON.stringify(entry.path), reason });
  });
  parser.on('entry', (entry: ReadEntry) => {
    if (state.count === MOST_ENTRIES) {
      const reason = `more than ${String(MOST_ENTRIES)} entries`;
      throw problem('hostile-archive', { file: name, entry: JSON.stringify(entry.path), reason });
    }
    const sink = visit(described(entry), state.count);
    state.count += 1;
    state.unfinished = sink;
    entry.on('data', (chunk: Buffer) => sink?.write(chunk));
    entry.on('end', () => {
      state.unfinished = undefined;
      sink?.end();
    });
  });

  try {
    let first = true;
    for await (const chunk of plainBytes(file, name)) {
      // What came before the wait may have been undone by a signal.
      throwIfInterrupted();
      if (first && COMPRESSED.some((magic) => chunk.toString('hex', 0, 4).startsWith(magic))) {
        throw damaged('compressed twice');
      }
      first = false;
      parser.write(chunk);
      throwIf(state.failure);
    }
    parser.end();
    throwIf(state.failure);
    if (!state.complete) throw damaged('the end mark is missing');
  } finally {
    state.unfinished?.end();
  }
}

/** In an object, as what callbacks set is otherwise taken to be what it was at first. */
interface State {
  failure: Error | undefined;
  complete: boolean;
  count: number;
  unfinished: Sink | undefined;
}

function throwIf(failure: Error | undefined): void {
  if (failure !== undefined) throw failure;
}

function described(entry: ReadEntry): ArchiveEntry {
  return {
    path: entry.path,
    kind: KINDS[entry.type] ?? 'other',
    type: entry.type,
    target: entry.linkpath ?? '',
    mode: entry.mode ?? 0o644,
    mtime: entry.mtime?.getTime() ?? 0,
  };
}
