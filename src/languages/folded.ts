/** White space and continued lines folded to one blank, as a site's text has it. */
export function folded(text: string): string {
  return text
    .replace(/\\\r?\n/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
