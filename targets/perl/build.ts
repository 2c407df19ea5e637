import type { BuildRecipe } from '../../src/target/contract.js';
export const recipe: BuildRecipe = {
  configure: ['sh', 'Configure', '-des'],
  make: ['make'],
  binary: 'perl',
  packages: ['gcc', 'make', 'libc6-dev'],
};
