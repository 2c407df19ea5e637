import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../package.ts';
import { problem } from '../problems.ts';
import type { Target } from '../target/contract.ts';
import { fillTemplate } from './template.ts';
import type { TemplateData } from './template.ts';

/** What the template of a cover letter can use. */
interface CoverData extends TemplateData {
  /** Whether the series has a patch. */
  readonly makes: (patch: string) => boolean;
  /** What every letter says: the kernel's mechanisms, what changes without a policy, and what that costs. */
  readonly kernel: string;
}

/**
 * Fills the template of a target's cover letter.
 *
 * @param made ids of the patches of the series
 * @throws Problem `target-invalid` where the template asks for a patch that the target does not name
 */
export function fillCover(target: Target, data: TemplateData, made: ReadonlySet<string>): string {
  const { message: template } = target.cover;
  const makes = (id: string): boolean => {
    if (!target.patches.some((one) => one.id === id)) {
      const message = `template ${template} asks for patch ${id}, which does not exist`;
      throw problem('target-invalid', { target: target.name, message });
    }
    return made.has(id);
  };
  const kernel = readFileSync(join(packageFolder, 'src', 'render', 'kernel.ejs'), 'latin1').trimEnd();
  const filled: CoverData = { ...data, makes, kernel };
  return fillTemplate(target, template, filled);
}
