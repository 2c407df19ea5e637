import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { load, YAMLException } from 'js-yaml';
import { packageFolder } from '../package.ts';
import { problem } from '../problems.ts';
import type { Rule } from './contract.ts';

const pattern = v.union([v.string(), v.array(v.string())]);
const conditions = {
  callee: v.exactOptional(pattern),
  text: v.exactOptional(pattern),
  statement: v.exactOptional(pattern),
  guard: v.exactOptional(pattern),
  kind: v.exactOptional(v.picklist(['call', 'macro', 'value', 'text'])),
  state: v.exactOptional(v.picklist(['plain', 'rewritten'])),
  owner: v.exactOptional(v.picklist(['function', 'define', 'class', 'file'])),
};
const place = { ...conditions, not: v.exactOptional(v.strictObject(conditions)) };
const files = v.record(v.string(), pattern);
const role = v.picklist([
  'script',
  'module',
  'startup',
  'config',
  'loadable',
  'data',
  'temp',
  'tty',
  'redirect',
  'directory',
  'process',
  'output',
]);

/** A rule as it is written; docs/targets.md says what each word means. */
const written = v.strictObject({
  rule: v.string(),
  why: v.string(),
  verdict: v.picklist(['mark', 'exempt', 'policy']),
  default: v.exactOptional(v.picklist(['mark', 'exempt'])),
  roles: v.array(role),
  through: v.exactOptional(v.string()),
  plain: v.exactOptional(v.record(v.string(), v.string())),
  suggested: v.exactOptional(v.literal(true)),
  unproven: v.exactOptional(v.pipe(v.string(), v.minLength(1))),
  before: v.exactOptional(v.array(v.string())),
  files: v.exactOptional(files),
  ...place,
  any: v.exactOptional(v.array(v.strictObject({ files, ...place }))),
});

/**
 * Reads a target's rules: every file of its folder rules/, in the order of their names.
 *
 * @param target the name of its folder
 * @throws Problem `target-invalid` with the file, and the line or the rule
 */
export function readRules(target: string): readonly Rule[] {
  const folder = join(packageFolder, 'targets', target, 'rules');
  if (!existsSync(folder)) {
    const message = `has no folder rules/; if you removed the target, remove dist/targets/${target} too`;
    throw problem('target-invalid', { target, message });
  }
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .flatMap((name) => rulesFrom(readFileSync(join(folder, name), 'utf8'), `rules/${name}`, target));
}

/**
 * The rules that a text says.
 *
 * @param file what the text is called in errors
 * @throws Problem `target-invalid`
 */
export function rulesFrom(text: string, file: string, target: string): readonly Rule[] {
  const wrong = (message: string, cause?: unknown): Error =>
    problem('target-invalid', { target, message: `${file}: ${message}` }, cause);
  let read: unknown;
  try {
    read = load(text);
  } catch (error) {
    if (error instanceof YAMLException) throw wrong(error.message, error);
    throw error;
  }
  if (!Array.isArray(read)) throw wrong('not a list of rules');
  return read.map((one: unknown, index): Rule => {
    const name = nameOf(one) ?? `rule ${index + 1}`;
    const result = v.safeParse(written, one);
    if (!result.success) {
      const [issue] = result.issues;
      throw wrong(`${name}: ${v.getDotPath(issue) ?? ''}: ${issue.message}`);
    }
    const { rule: id, why, verdict, roles, default: otherwise, before, ...rest } = result.output;
    const { through, plain, unproven, suggested, files: places, any = [], ...conditioned } = rest;
    if ((places === undefined) === (any.length === 0)) {
      throw wrong(`${name}: needs either files or any, to say where it looks`);
    }
    if (places === undefined && Object.keys(conditioned).length > 0) {
      throw wrong(`${name}: put conditions into the places of any`);
    }
    return {
      id,
      places: places === undefined ? any : [{ files: places, ...conditioned }],
      ...(before && { before }),
      verdict,
      ...(through !== undefined && { through }),
      ...(plain && { plain }),
      ...(suggested && { suggested }),
      ...(unproven !== undefined && { unproven }),
      ...(otherwise && { default: otherwise }),
      roles,
      why,
    };
  });
}

function nameOf(one: unknown): string | undefined {
  return typeof one === 'object' && one !== null && 'rule' in one && typeof one.rule === 'string'
    ? one.rule
    : undefined;
}
