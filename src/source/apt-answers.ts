import { problem } from '../problems.ts';
import type { Attempt } from './attempt.ts';

/** apt's words for a server that cannot be reached; it gives no code for it. */
const UNREACHABLE =
  /Could not resolve|resolving|Could not connect|Cannot initiate the connection|Unable to connect|Connection (failed|timed out|refused|reset)|unreachable|No route to host|TLS handshake|Undetermined Error/i;

/** Whether the list of a suite was refused for its age alone. */
export function saysExpired(text: string): boolean {
  return text.includes('is expired (invalid since');
}

/** Whether another process works in the same private root. */
export function saysLocked(text: string): boolean {
  return /Could not get lock|Unable to lock directory/.test(text);
}

/**
 * What an unsuccessful apt means.
 *
 * @param text apt's standard error
 * @param folder where it wrote to
 * @throws Problem `disk-full` or `read-only`: no other suite would do better
 */
export function failure(text: string, folder: string): Omit<Attempt, 'way'> {
  if (/No space left on device|Disk quota exceeded|not have enough free space/.test(text)) {
    throw problem('disk-full', { path: folder });
  }
  if (text.includes('Read-only file system')) {
    throw problem('read-only', { path: folder, message: 'read-only file system' });
  }
  const lines = text.split('\n').filter((line) => /^(E|W|Err):/.test(line));
  const message = (lines[0] ?? text.trim()).replace(/^\w+: */, '').replace(/\s+/g, ' ');
  return { message, kind: UNREACHABLE.test(text) ? 'network' : 'other' };
}
