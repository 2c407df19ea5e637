/** One command of a recording, and what it printed. */
export interface Step {
  readonly command: string;
  /** Said behind the command, as a shell's comment. */
  readonly note?: string | undefined;
  readonly output: string;
  readonly status: number;
}

const SIZE = { font: 14, advance: 8.5, line: 20, edge: 16 };
const COLOUR = { ground: '#16181d', text: '#d8dee9', prompt: '#8fbcbb', note: '#7b8496', refused: '#ff8f8f' };

/** A line of the picture: pieces of text, each with its colour. */
type Line = readonly (readonly [string, string])[];

/** The lines of a recording. What a command that failed printed is in another colour. */
function linesOf(steps: readonly Step[]): readonly Line[] {
  const width = Math.max(...steps.filter(({ note }) => note).map(({ command }) => command.length), 0) + 2;
  return steps.flatMap(({ command, note, output, status }): readonly Line[] => [
    [
      ['$ ', COLOUR.prompt],
      [note === undefined ? command : command.padEnd(width), COLOUR.text],
      ...(note === undefined ? [] : [[`# ${note}`, COLOUR.note] as const]),
    ],
    ...output
      .split('\n')
      .slice(0, -1)
      .map((text): Line => [[text, status === 0 ? COLOUR.text : COLOUR.refused]]),
  ]);
}

/** The text of a recording, as a terminal shows it. */
export function textOf(steps: readonly Step[]): string {
  return linesOf(steps)
    .map((line) => `${line.map(([text]) => text).join('')}\n`)
    .join('');
}

/**
 * A picture of a recording: an SVG of plain text, in the viewer's own font.
 *
 * @param title read out where the picture cannot be seen
 */
export function svgOf(title: string, steps: readonly Step[]): string {
  const lines = linesOf(steps);
  const columns = Math.max(...lines.map((line) => line.reduce((sum, [text]) => sum + text.length, 0)));
  const width = Math.ceil(columns * SIZE.advance + 2 * SIZE.edge);
  const height = lines.length * SIZE.line + 2 * SIZE.edge;
  const drawn = lines.map((line, row) => {
    const spans = line.map(([text, colour]) => `<tspan fill="${colour}">${escaped(text)}</tspan>`).join('');
    const y = SIZE.edge + row * SIZE.line + SIZE.font;
    return `    <text x="${SIZE.edge}" y="${y}" xml:space="preserve">${spans}</text>\n`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
  <title>${escaped(title)}</title>
  <rect width="${width}" height="${height}" rx="6" fill="${COLOUR.ground}"/>
  <g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="${SIZE.font}">
${drawn.join('')}  </g>
</svg>
`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
