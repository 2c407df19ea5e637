import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';
import { packageFolder } from '../package.ts';
import { problem } from '../problems.ts';
import { has } from '../target/capabilities.ts';
import type { Release, Target } from '../target/contract.ts';

/** What a template can use. */
export interface TemplateData {
  readonly release: Release;
  /** The C that opens code, in a project's style; see src/runtime/. */
  readonly runtime: (options: never) => string;
}

/**
 * Fills one of a target's templates. Templates are read as latin1, as sources are. They ask for a capability of the
 * release with `has('id')`.
 *
 * @param template file name in the target's folder of templates
 * @throws Problem `target-invalid` where a template asks for a capability that the target does not name
 */
export function fillTemplate(target: Target, template: string, data: TemplateData): string {
  const file = join(packageFolder, target.templates, template);
  const asked = (id: string): boolean => {
    if (!target.capabilities.some((one) => one.id === id)) {
      const message = `template ${template} asks for capability ${id}, which does not exist`;
      throw problem('target-invalid', { target: target.name, message });
    }
    return has(data.release, id);
  };
  // `escape` is the identity: what is filled in is C and prose, never HTML.
  return ejs.render(
    readFileSync(file, 'latin1'),
    { ...data, has: asked },
    { filename: file, escape: String },
  );
}
