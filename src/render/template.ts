import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';
import { packageFolder } from '../package.js';
import type { Release, Target } from '../target/contract.js';

/** What a template can use. */
export interface TemplateData {
  readonly release: Release;
  /** The C that opens code, in a project's style; see src/runtime/. */
  readonly runtime: (options: never) => string;
}

/**
 * Fills one of a target's templates. Templates are read as latin1, as sources are.
 *
 * @param template file name in the target's folder of templates
 */
export function fillTemplate(target: Target, template: string, data: TemplateData): string {
  const file = join(packageFolder, target.templates, template);
  // `escape` is the identity: what is filled in is C and prose, never HTML.
  return ejs.render(readFileSync(file, 'latin1'), data, { filename: file, escape: String });
}
