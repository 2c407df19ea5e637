import type { Scenario } from '../scenario.ts';
import { shellScenarios } from '../shell-shapes.ts';
import { almquist } from './almquist.ts';
import { commands } from './commands.ts';
import { environment } from './environment.ts';
import { kept } from './kept.ts';
import { scripts } from './scripts.ts';
import { sourced } from './sourced.ts';
import type { ShellVoice } from './voice.ts';

/**
 * Scenarios that small shells of POSIX share: their own, and those of every shell (`shellScenarios`).
 *
 * @param family `almquist` for one that comes from Kenneth Almquist's shell, `korn` for one that comes from pdksh
 * @param own the target's own scenarios: one of the same name is in the place of the shared one
 * @returns those that it does not have itself, beside those of `commonScenarios`
 */
export function smallShellScenarios(
  voice: ShellVoice,
  family: 'almquist' | 'korn',
  own: readonly Scenario[],
): readonly Scenario[] {
  const shared = [
    ...scripts(voice),
    ...sourced(voice),
    ...kept(voice),
    ...commands(voice),
    ...environment(voice),
    ...(family === 'almquist' ? almquist(voice) : []),
  ];
  const { dialect, dotStatus, refusedFile } = voice;
  const every = shellScenarios(
    dialect,
    { sourced: (name) => refusedFile(name, dotStatus), command: voice.denied('-c'), ends: true },
    own,
  );
  return [...shared.filter(({ id }) => !own.some((one) => one.id === id)), ...every];
}
