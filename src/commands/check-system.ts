import { systemWarnings, thisSystem } from '../deploy/system.ts';

/** `mayexec deploy --check-system`: what makes a policy of this system weaker than it looks. */
export function checkSystem({ json }: { readonly json: boolean }): void {
  const warnings = systemWarnings(thisSystem());
  if (json) {
    process.stdout.write(`${JSON.stringify(warnings, null, 2)}\n`);
    return;
  }
  for (const { what, advice } of warnings) process.stdout.write(`${what}\n  ${advice}\n`);
  if (warnings.length === 0) process.stdout.write('found nothing that weakens a policy on this system\n');
}
