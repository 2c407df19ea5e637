/**
 * A script for `sh` in which a name is changed all the time, between a program that is trusted and one that is not, while an
 * interpreter is given that name. It runs until both programs ran, or a hundred times: where the other one may not run, it
 * never does. The script then prints `trusted 1 other 1`, or `other 0`.
 *
 * @param runs the command that runs `tool`, as a shell has it
 * @param folder where the programs `trusted` and `other` lie, and `tool`: with its slash, or empty
 */
export function exchangedScript(runs: string, folder = ''): string {
  const [made, tool] = [`${folder}new`, `${folder}tool`];
  const turns = ['trusted', 'other'].map((name) => `ln -sf ${name} ${made}; mv -T ${made} ${tool};`);
  return [
    `exchange() { while :; do ${turns.join(' ')} done; }`,
    `ln -s trusted ${tool}`,
    'exchange & changing=$!',
    'run=0',
    'while [ $((run += 1)) -lt 100 ]; do',
    `  case $(${runs} 2>/dev/null) in trusted*) trusted=1 ;; other*) other=1 ;; esac`,
    '  [ "$trusted$other" = 11 ] && break',
    'done',
    'kill $changing; wait $changing 2>/dev/null',
    'echo "trusted ${trusted:-0} other ${other:-0}"',
    '',
  ].join('\n');
}
