import type { Language, Opener, Target } from '../../src/target/contract.ts';
import { target as toy } from '../toy/target.ts';

const opener = (lang: Language, files: RegExp, token: RegExp, gives: Opener['gives']): Opener => ({
  ...{ lang, files, token, gives },
  as: 'callee',
});

/** A target whose evaluator is called `evaluate`. */
export const target: Target = {
  ...toy,
  language: (file) => {
    if (file.endsWith('.c')) return 'c';
    return file.endsWith('.py') ? 'python' : 'perl';
  },
  openers: [
    opener('c', /\.c$/, /f?open|dlopen/, 'fd'),
    opener('python', /\.py$/, /open/, 'object'),
    opener('perl', /\.pm$/, /open/, 'handle'),
  ],
  notShipped: [],
  evaluates: { c: ['evaluate'] },
};
