import { writeFileSync } from 'node:fs';
import { picture, recording, TITLE } from './files.ts';
import { record } from './record.ts';
import { svgOf, textOf } from './svg.ts';

// `npm run picture`: records a refusal, and draws it.
const recorded = await record();
writeFileSync(recording, `${JSON.stringify(recorded, null, 2)}\n`);
writeFileSync(picture, svgOf(TITLE, recorded.steps));
process.stdout.write(textOf(recorded.steps));
