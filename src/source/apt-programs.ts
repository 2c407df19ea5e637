import { run } from '../programs/run.ts';
import type { Ended } from '../programs/run.ts';

/** In ms; an index of sources is 10 MB, so this is a line of 0.3 Mbit/s. */
const TIMEOUT = 300_000;

/** What apt takes from the environment: how the network is reached, and a configuration of the user's own. */
const KEPT = [
  'APT_CONFIG',
  'TMPDIR',
  ...['http_proxy', 'https_proxy', 'ftp_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [
    name,
    name.toUpperCase(),
  ]),
];

/**
 * Runs one of apt's programs and waits for its end.
 *
 * @throws Problem `missing-tool`, `tool-timeout`
 */
export function apt(
  program: 'apt-get' | 'apt-cache' | 'apt-config',
  args: readonly string[],
  cwd?: string,
): Promise<Ended> {
  const env: Record<string, string> = {};
  for (const name of KEPT) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return run(program, args, {
    env,
    timeout: TIMEOUT,
    purpose: "the distribution's source package",
    package: 'apt',
    ...(cwd !== undefined && { cwd }),
  });
}
