import { delimiter, join } from 'node:path';
import { isRunnable } from '../runs-there.ts';

/** What builds a kernel, with the Debian package that has it. */
const PROGRAMS = {
  bc: 'bc',
  bison: 'bison',
  flex: 'flex',
  gcc: 'gcc',
  ld: 'binutils',
  make: 'make',
  patch: 'patch',
  tar: 'tar',
  xz: 'xz-utils',
} as const;

/** Whether a program is in PATH. */
export function hasProgram(name: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => folder !== '' && isRunnable(join(folder, name)));
}

/**
 * What a kernel cannot be built without and the machine lacks, in words. make itself says it of some of them only, and
 * late.
 */
export function lackingPrograms(): string | undefined {
  const lacking = Object.entries(PROGRAMS).filter(([program]) => !hasProgram(program));
  if (lacking.length === 0) return undefined;
  const names = lacking.map(([program]) => program).join(', ');
  const packages = [...new Set(lacking.map(([, name]) => name))].join(' ');
  return `no ${names} to build a kernel with; on Debian: apt-get install ${packages}`;
}
