/** Who a patch is from, `Name <mail>`; a person only when the user gave one. */
export const NO_PERSON = 'mayexec-kit <mayexec-kit@localhost.invalid>';

/** What a patch's header is made of. */
export interface Message {
  readonly author: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly subject: string;
  readonly body: string;
  readonly origin: string;
  readonly forwarded: string;
  readonly upstreamStatus: string;
  readonly signoff?: string;
}

/** The place of a patch in a series, for `[PATCH n/m]`. */
export interface Position {
  readonly number: number;
  readonly total: number;
}

/**
 * The header that git am, quilt, dpkg-source and Yocto all read: a mail with DEP-3 fields at the end of its body.
 *
 * @param position numbers the subject; git am takes the number away again
 * @returns the text up to and with the line `---`
 */
export function header(message: Message, position?: Position): string {
  const fields = [
    `Origin: ${message.origin}`,
    `Forwarded: ${message.forwarded}`,
    `Last-Update: ${message.date}`,
    `Upstream-Status: ${message.upstreamStatus}`,
    ...(message.signoff === undefined ? [] : [`Signed-off-by: ${asBytes(message.signoff)}`]),
  ];
  return [mail(message, position), '', ...fields, '---', ''].join('\n');
}

/**
 * The head of a mail and its text, without an end of line at its end.
 *
 * @param position as for `header`
 */
export function mail(
  { author, date, subject, body }: Pick<Message, 'author' | 'date' | 'subject' | 'body'>,
  position?: Position,
): string {
  return [
    `From: ${asBytes(author)}`,
    `Date: ${mailDate(date)}`,
    `Subject: [PATCH${position === undefined ? '' : ` ${counted(position)}`}] ${asBytes(subject)}`,
    '',
    ...body.trim().split('\n').map(quotedFrom),
  ].join('\n');
}

/** `n/m` as git format-patch writes it: both of one width. */
function counted({ number, total }: Position): string {
  return `${String(number).padStart(String(total).length, '0')}/${total}`;
}

/**
 * A line of a body, with `>` before it where git mailsplit would take it for the beginning of the next mail: one that
 * begins with `From `, is 20 bytes long with its end, and has at its last colon the end of a time and a year above 90
 * (builtin/mailsplit.c, is_from_line). Any other line stays as it is, since git am takes no `>` away unless it is told
 * that the mailbox is of the kind mboxrd.
 */
function quotedFrom(line: string): string {
  if (line.length + 1 < 20) return line;
  const year = /^From .*\d.\d\d:\d\d\s*\+?(\d+)[^:]*:?$/.exec(line)?.[1];
  return year !== undefined && Number(year) > 90 ? `>${line}` : line;
}

/** Text in UTF-8, one character a byte: patches are written as latin1, and git takes a mail for UTF-8. */
export function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Noon (UTC) of a day in the form that mail uses (RFC 2822), without the clock or time zone of this machine. */
function mailDate(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  const name = DAYS[date.getUTCDay()] ?? '';
  const month = MONTHS[date.getUTCMonth()] ?? '';
  return `${name}, ${date.getUTCDate()} ${month} ${date.getUTCFullYear()} 12:00:00 +0000`;
}

// What `git format-patch` allows a file's name besides its number and ending.
const NAME_LENGTH = 52;

/** The file name of a patch: its number in the series and the subject as git format-patch writes it. */
export function patchFileName(number: number, subject: string): string {
  const slug = subject
    .replace(/[^A-Za-z0-9._]+/g, '-')
    .replace(/\.+/g, '.')
    .replace(/^-|[-.]+$/g, '');
  return `${String(number).padStart(4, '0')}-${slug.slice(0, NAME_LENGTH)}.patch`;
}
