import { languages } from '../languages/registry.ts';
import type { Language, Target } from '../target/contract.ts';

/** Words by which a place is known to hold a value that was read. */
export const READS =
  /^(?:p?read\w*|fread|f?gets?|getc\w*|fgetc|getline\w*|getdelim|mmap|recv|readline|sysread|<>)$|(?:^|\.)(?:read\w*|getvalue|recv\w*)$/;

/** For each language what a call of it evaluates; it is matched against the name as it is written. */
export function sinksOf({ evaluates }: Pick<Target, 'evaluates'>): ReadonlyMap<Language, RegExp> {
  return new Map(
    languages().map(([language, { values }]) => {
      const words = values.evaluates(evaluates[language] ?? []);
      return [language, new RegExp(`(?:^|[.:>]|\\b)(?:${words.join('|')})$`)];
    }),
  );
}
