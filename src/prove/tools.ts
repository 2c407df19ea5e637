import { problem, Problem } from '../problems.ts';
import { compile, sourceOf } from './compile.ts';

/** The beds' own programs, compiled. */
export interface Tools {
  readonly supervisor: string;
  readonly stage: string;
  readonly probe: string;
}

/**
 * Compiles one of the beds' programs where that has not been done.
 *
 * @param name of the C file without its ending, or of the folder
 * @param cache folder that is kept from one run to the next
 * @returns path of the program
 * @throws Problem `bed-missing` without a compiler, as there is no bed then; others as {@link compile} does
 */
export async function tool(name: keyof Tools, cache: string): Promise<string> {
  try {
    return await compile(sourceOf(name), cache);
  } catch (error) {
    if (error instanceof Problem && error.code === 'missing-tool')
      throw problem('bed-missing', { bed: 'supervisor', reason: error.message }, error);
    throw error;
  }
}

/** All of them; see {@link tool}. */
export async function tools(cache: string): Promise<Tools> {
  const [supervisor, stage, probe] = await Promise.all([
    tool('supervisor', cache),
    tool('stage', cache),
    tool('probe', cache),
  ]);
  return { supervisor, stage, probe };
}
