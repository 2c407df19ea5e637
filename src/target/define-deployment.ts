import { problem } from '../problems.ts';
import type { Target } from './contract.ts';
import type { CodeFiles, Deployment, PlainFiles } from './deployment.ts';
import { flaggedRules } from './flagged.ts';

/**
 * Ties the files of an installation to the rules: what is listed is opened as code by a patch of the series, and
 * whatever a patch has opened as code is listed, or it is said why no file is.
 *
 * @throws Problem `target-invalid`, naming what is wrong
 */
export function checkDeployment(target: Target, deployment: Deployment): Deployment {
  const wrong = (message: string): never => {
    throw problem('target-invalid', { target: target.name, message });
  };
  const flagged = flaggedRules(target, target.patches);
  const { kinds, plain, noFiles, sources } = deployment;
  const every: readonly (CodeFiles | PlainFiles)[] = [...kinds, ...plain];
  const ids = every.map(({ id }) => id);
  for (const [index, { id, files, rules }] of every.entries()) {
    if (ids.indexOf(id) !== index) wrong(`the files ${id} occur twice`);
    if (files.flags !== '') wrong(`the files ${id} have a pattern with flags`);
    if (rules.length === 0) wrong(`the files ${id} name no rule that opens them`);
    const unknown = rules.find((rule) => !target.rules.some((one) => one.id === rule));
    if (unknown !== undefined) wrong(`the files ${id} name rule ${unknown}, which does not exist`);
  }
  for (const { id, rules } of kinds) {
    const other = rules.find((rule) => !flagged.has(rule));
    if (other !== undefined) wrong(`the files ${id} name rule ${other}, which no patch opens as code`);
  }
  const apart = sources?.rules.find((rule) => !flagged.has(rule));
  if (apart !== undefined) wrong(`the sources name rule ${apart}, which no patch opens as code`);
  for (const { id, rules } of plain) {
    const marked = rules.find((rule) => target.rules.find((one) => one.id === rule)?.verdict === 'mark');
    if (marked !== undefined) wrong(`the files ${id} are opened as before, but rule ${marked} marks them`);
  }
  const covered = new Set(kinds.flatMap(({ rules }) => rules));
  for (const rule of flagged) {
    if (!covered.has(rule) && noFiles[rule] === undefined)
      wrong(`rule ${rule} opens code: name the files that it opens, or the reason why no such file exists`);
  }
  for (const rule of Object.keys(noFiles)) {
    if (!flagged.has(rule) || covered.has(rule))
      wrong(`rule ${rule} needs no reason why it opens no files: it has a kind, or opens no code`);
  }
  return deployment;
}
