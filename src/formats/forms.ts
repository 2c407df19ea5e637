/** The forms that a series is written in, and the folder that holds the patches. */
export const FORMATS = { git: 'patches', debian: 'debian/patches' } as const;

/** Name of a form of a series. */
export type Format = keyof typeof FORMATS;
