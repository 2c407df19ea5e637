import type { Fixture, User } from './bed.ts';

/** The ids that stage.c gives to a user. */
export const IDS: Readonly<Record<User, number>> = { root: 0, 'bare-root': 0, nobody: 65534 };

/** A user's number and that of its group, as UID:GID. */
export function usualIds(user: User): string {
  return `${IDS[user]}:${IDS[user]}`;
}

/**
 * The list of fixtures as stage.c reads it, a line each: kind, mode, uid, gid, path, and what the kind needs.
 *
 * @param user owns what names no other owner
 * @param ids gives UID:GID of a user
 */
export function fixtureList(fixtures: readonly Fixture[], user: User, ids = usualIds): string {
  return fixtures.map((one) => `${line(one, ids(one.owner ?? user).replace(':', ' '))}\n`).join('');
}

function line(fixture: Fixture, owner: string): string {
  const mode = (fixture.mode ?? usualMode(fixture.kind)).toString(8).padStart(4, '0');
  return [fixture.kind, mode, owner, quote(fixture.path), ...more(fixture)].join(' ');
}

function usualMode(kind: Fixture['kind']): number {
  return kind === 'directory' || kind === 'noexec' ? 0o755 : 0o644;
}

function more(fixture: Fixture): readonly string[] {
  switch (fixture.kind) {
    case 'file':
      return fixture.text === undefined || fixture.text === '' ? [] : [quote(fixture.text)];
    case 'link':
      return [quote(fixture.to)];
    case 'hard':
      return [quote(fixture.of)];
    case 'character':
    case 'block':
      return [`${fixture.major}:${fixture.minor}`];
    case 'copy':
    case 'bind':
    case 'bind-noexec':
      return [quote(fixture.from)];
    case 'directory':
    case 'noexec':
    case 'fifo':
    case 'socket':
      return [];
  }
}

/** Bytes that would end a field become %XX. */
export function quote(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) =>
      /[\w./-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).padStart(2, '0')}`,
    )
    .join('');
}
