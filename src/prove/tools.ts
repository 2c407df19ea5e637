import { compile, sourceOf } from './compile.js';

/** The beds' own programs, compiled. */
export interface Tools {
  readonly supervisor: string;
  readonly stage: string;
  readonly probe: string;
}

/**
 * Compiles the beds' programs where that has not been done.
 *
 * @param cache folder that is kept from one run to the next
 * @throws Problem as {@link compile} does
 */
export async function tools(cache: string): Promise<Tools> {
  const [supervisor, stage, probe] = await Promise.all([
    compile(sourceOf('supervisor'), cache),
    compile(sourceOf('stage'), cache),
    compile(sourceOf('probe'), cache),
  ]);
  return { supervisor, stage, probe };
}
