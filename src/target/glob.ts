import picomatch from 'picomatch';

/** Whether a file is one that a glob names, or one of several; a name without wild cards is itself. */
export function globbed(globs: string | readonly string[]): (file: string) => boolean {
  const tests = [globs].flat().map((glob) => {
    if (!/[*?{[]/.test(glob)) return (file: string) => file === glob;
    return picomatch(glob, { dot: true });
  });
  return (file) => tests.some((test) => test(file));
}
