import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/programs/run.ts';
import type { FileChange } from '../../src/series/diff.ts';

const PLAIN = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };

/** A repository that is thrown away, to ask git what it makes of a change. */
export class Repository {
  private readonly folder = mkdtempSync(join(tmpdir(), 'series-git-'));
  private made = 0;

  /** Makes the repository; asked once. */
  async start(): Promise<this> {
    await this.git(['init', '-q']);
    return this;
  }

  /** Removes it. */
  end(): void {
    rmSync(this.folder, { recursive: true });
  }

  /**
   * The mails that `git format-patch` writes for changes, as latin1.
   *
   * @param cases each the files that a commit changes
   */
  async formatPatches(cases: readonly (readonly FileChange[])[]): Promise<readonly string[]> {
    const branch = `refs/heads/try${++this.made}`;
    const commits = cases.flatMap((changes, index) => {
      // A file that differs from case to case, so that no commit is empty: git would leave that one out.
      const marker = `M 100644 inline .case\ndata <<end\n${index}\nend\n`;
      return [
        ...commit(branch, 'before', Buffer.from(marker), filesOf(changes, 'before')),
        ...commit(branch, 'after', Buffer.from(marker), filesOf(changes, 'after')),
      ];
    });
    await this.git(['fast-import', '--quiet'], commits);
    const args = ['format-patch', '-q', '--root', '--numbered-files', '-o', `out${this.made}`, branch];
    await this.git(args);
    return cases.map((_one, index) =>
      readFileSync(join(this.folder, `out${this.made}`, String(2 * index + 2)), 'latin1'),
    );
  }

  /** The file name that `git format-patch` gives to a patch with that number and subject. */
  async fileName(number: number, subject: string): Promise<string> {
    const branch = `refs/heads/try${++this.made}`;
    const change = { file: 'a', before: undefined, after: 'b\n', executable: false };
    await this.git(
      ['fast-import', '--quiet'],
      commit(branch, subject, Buffer.of(), filesOf([change], 'after')),
    );
    const args = ['format-patch', '-1', `--start-number=${number}`, '-o', 'out', branch];
    return (await this.git(args)).toString('latin1').trim().slice('out/'.length);
  }

  private async git(args: readonly string[], input?: readonly Buffer[]): Promise<Buffer> {
    const ended = await run('git', args, {
      cwd: this.folder,
      env: PLAIN,
      purpose: 'a test',
      package: 'git',
      ...(input && { input: Buffer.concat(input) }),
    });
    if (ended.status !== 0) throw new Error(ended.stderr.toString());
    return ended.stdout;
  }
}

function filesOf(changes: readonly FileChange[], side: 'before' | 'after'): readonly Buffer[] {
  return changes.flatMap((change) => {
    const text = change[side];
    if (text === undefined) return [];
    const bytes = Buffer.from(text, 'latin1');
    const mode = change.executable ? '100755' : '100644';
    return [Buffer.from(`M ${mode} inline ${change.file}\ndata ${bytes.length}\n`), bytes, Buffer.from('\n')];
  });
}

function commit(
  branch: string,
  message: string,
  ...content: (Buffer | readonly Buffer[])[]
): readonly Buffer[] {
  const bytes = Buffer.byteLength(message);
  const head = `commit ${branch}\ncommitter A <a@localhost> 0 +0000\ndata ${bytes}\n${message}\ndeleteall\n`;
  return [Buffer.from(head), ...content.flat()];
}

/**
 * A mail from its diffstat down, without git's signature. An id that seven digits do not tell from another one in
 * this repository is cut to them: that depends on what else lies there.
 */
export function belowMessage(mail: string): string {
  return mail
    .slice(mail.indexOf('\n---\n') + 5)
    .replace(/-- \n[\d.]+\n+$/, '')
    .replace(/^index ([0-9a-f]{7})[0-9a-f]*\.\.([0-9a-f]{7})[0-9a-f]*/gm, 'index $1..$2');
}
