import type { Followed, Where } from '../deploy/follow.ts';
import type { Place } from '../deploy/place.ts';
import type { CodeFile, Survey } from '../deploy/survey.ts';
import { textOf } from '../source/bytes.ts';

/**
 * What was found, for machines. Paths are text; one that is no UTF-8 has its bytes beside it, in base64.
 *
 * @param head what the files belong to, and what was done
 */
export function deployJson(head: object, { root }: Place, search: Followed, survey: Survey): object {
  const file = ({ path, code, before, after, namedBy }: CodeFile): object => ({
    path: textOf(`${root}${path}`),
    installed: textOf(path),
    ...bytes(path),
    kind: code.id,
    mode: octal(before),
    becomes: octal(after),
    ...(namedBy !== undefined && { namedBy: namedBy.map(textOf) }),
  });
  return {
    ...head,
    root: root === '' ? '/' : textOf(root),
    files: survey.files.map(file),
    held: survey.held.map((one) => ({ ...file(one), guides: one.guides })),
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
    untold: search.untold.map((one) => ({ ...where(one), text: textOf(one.text) })),
    absent: search.absent.map((one) => ({ ...where(one), to: textOf(one.to) })),
    warnings: survey.warnings.map(({ path, message }) => ({
      path: textOf(path),
      ...bytes(path),
      message: textOf(message),
    })),
  };
}

function where({ path, line }: Where): object {
  return { path: textOf(path), ...bytes(path), line };
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function bytes(path: string): { readonly bytes?: string } {
  const exact = Buffer.from(path, 'latin1');
  return exact.equals(Buffer.from(textOf(path))) ? {} : { bytes: exact.toString('base64') };
}
