import type { Place } from '../deploy/place.js';
import type { Survey } from '../deploy/survey.js';
import { textOf } from '../source/bytes.js';

/**
 * What was found, for machines. Paths are text; one that is no UTF-8 has its bytes beside it, in base64.
 *
 * @param head what the files belong to, and what was done
 */
export function deployJson(head: object, { root }: Place, survey: Survey): object {
  return {
    ...head,
    root: root === '' ? '/' : textOf(root),
    files: survey.files.map(({ path, code, before, after }) => ({
      path: textOf(`${root}${path}`),
      installed: textOf(path),
      ...bytes(path),
      kind: code.id,
      mode: octal(before),
      becomes: octal(after),
    })),
    kinds: survey.kinds.map(({ kind: { id, what, rules, why, remade }, need, have }) => ({
      id,
      what,
      rules,
      why,
      ...(remade !== undefined && { remade }),
      need,
      have,
    })),
    asBefore: survey.plain.map(({ kind: { id, what, rules, why }, files }) => ({
      id,
      what,
      rules,
      why,
      files,
    })),
    warnings: survey.warnings.map(({ path, message }) => ({ path: textOf(path), ...bytes(path), message })),
  };
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function bytes(path: string): { readonly bytes?: string } {
  const exact = Buffer.from(path, 'latin1');
  return exact.equals(Buffer.from(textOf(path))) ? {} : { bytes: exact.toString('base64') };
}
