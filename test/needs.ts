import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Tells whether a program that a test needs is installed. Where it is not, says in one line what was not run; with
 * MAYEXEC_REQUIRE_TOOLS=1, as CI sets it, a missing program is a failure.
 *
 * @param tool the program's name, looked for in PATH
 * @param pkg the Debian package that has it
 * @param purpose what is not run without it
 */
export function have(tool: string, pkg: string, purpose: string): boolean {
  const found = (process.env['PATH'] ?? '').split(delimiter).some((folder) => isProgram(join(folder, tool)));
  if (!found) notRun(purpose, `${tool} (Debian: ${pkg})`);
  return found;
}

/**
 * Says in one line that something is not run, and why; with MAYEXEC_REQUIRE_TOOLS=1 it throws instead.
 *
 * @param purpose what is not run
 * @param need what it would need
 */
export function notRun(purpose: string, need: string): void {
  const line = `not run: ${purpose} needs ${need}`;
  if (process.env['MAYEXEC_REQUIRE_TOOLS'] === '1') throw new Error(line);
  process.stderr.write(`${line}\n`);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
