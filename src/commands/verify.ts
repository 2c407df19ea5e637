import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputFiles } from '../formats/folder.js';
import { packageFolder } from '../package.js';
import { chosenPatches, makeSeries } from '../pipeline.js';
import { problem } from '../problems.js';
import { columns } from '../report/terminal.js';
import { overlay } from '../source/overlay.js';
import { allReleases } from '../target/find.js';
import type { Target } from '../target/contract.js';
import { verifySeries } from '../verify/foreign.js';
import { originOf, subjectOf } from './subject.js';
import type { Obtained, SourceOptions } from './subject.js';

/**
 * `mayexec verify`: generated/ is what the code makes, byte for byte; every allowed choice of optional patches
 * applies with foreign tools at zero offset and reverses; a patched tree gives no edit.
 *
 * @param names releases; all that generated/ holds unless given
 * @throws Problem `unverified`, naming what differs
 */
export async function verifyCommand(
  names: readonly string[],
  options: SourceOptions & { readonly json: boolean },
): Promise<void> {
  const rows: { release: string; files: number; choices: number; tools: string }[] = [];
  const releases =
    names.length > 0 ? names : (await allReleases()).filter((one) => existsSync(folderOf(one)));
  for (const name of releases) {
    const subject = await subjectOf(name, options);
    const made = await makeSeries(subject);
    const files = outputFiles(made, originOf(subject, true));
    compareFolder(folderOf(name), files);
    const tools = new Set<string>();
    const choices = choicesOf(subject.target);
    for (const roles of choices) for (const tool of await checkChoice(subject, roles)) tools.add(tool);
    rows.push({ release: name, files: files.size, choices: choices.length, tools: [...tools].join(', ') });
  }
  process.stdout.write(
    options.json
      ? `${JSON.stringify(rows, null, 2)}\n`
      : columns([
          ['release', 'files as committed', 'choices of patches', 'applied and reversed by'],
          ...rows.map((row) => [row.release, String(row.files), String(row.choices), row.tools]),
        ]),
  );
}

function folderOf(name: string): string {
  return join(packageFolder, 'generated', ...name.split('@'));
}

/** What is committed must be what is made: no file other, none more, none less. */
function compareFolder(folder: string, files: ReadonlyMap<string, string>): void {
  const found = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => join(one.parentPath, one.name).slice(folder.length + 1))
    : [];
  const differs = [...new Set([...files.keys(), ...found])].find(
    (name) => !found.includes(name) || readFileSync(join(folder, name), 'latin1') !== files.get(name),
  );
  if (differs === undefined) return;
  const what = !files.has(differs)
    ? 'is not made'
    : found.includes(differs)
      ? 'is made in other bytes'
      : 'is missing';
  throw problem('unverified', { tool: 'generated', message: `${folder}/${differs} ${what}` });
}

/** Every choice of the roles of optional patches. */
function choicesOf(target: Target): readonly (readonly string[])[] {
  const roles = [...new Set(target.patches.flatMap((patch) => patch.optional ?? []))];
  return roles.reduce<readonly (readonly string[])[]>(
    (choices, role) => choices.flatMap((choice) => [choice, [...choice, role]]),
    [[]],
  );
}

async function checkChoice(subject: Obtained, roles: readonly string[]): Promise<readonly string[]> {
  const made = await makeSeries(subject, { roles });
  const wanted = chosenPatches(subject.target, subject.release, roles).length;
  if (made.series.patches.length !== wanted) {
    const message = `roles ${roles.join(',')}: ${made.series.patches.length} patches, not ${wanted}`;
    throw problem('unverified', { tool: 'series', message });
  }
  const judged = await verifySeries(subject.tree, made.series, made.files);
  const again = await makeSeries({ ...subject, tree: overlay(subject.tree, made.files) }, { roles });
  if (again.series.patches.length > 0) {
    const message = `${subject.target.name}@${subject.version}: the patched tree is edited again`;
    throw problem('unverified', { tool: 'series', message });
  }
  return judged.filter((one) => one.result === 'applied').map((one) => one.tool);
}
