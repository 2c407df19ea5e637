/** The C that a project is written in. */
export interface Dialect {
  /** False: functions are defined as before ANSI, their parameters declared below the name. */
  readonly ansi: boolean;
  /** Macro around the arguments of a prototype, for compilers that have none: `PARAMS`. */
  readonly prototype?: string | undefined;
}

/** Puts the project's macro around the arguments of prototypes. */
export function prototype(line: string, dialect: Dialect): string {
  if (dialect.prototype === undefined) return line;
  return line.replace(/^(extern .*?)(\(.*\));$/, `$1 ${dialect.prototype}($2);`);
}

/** A function's head as the dialect has it: its name and arguments, and the lines of declarations below. */
export function head(line: string, dialect: Dialect): { line: string; declarations: string[] } {
  const [, name, inside] = /^(\w+)\((.*)\)$/.exec(line) ?? [];
  if (dialect.ansi || name === undefined || inside === undefined) return { line, declarations: [] };
  if (inside === 'void') return { line: `${name}()`, declarations: [] };
  const parameters = inside.split(', ');
  const names = parameters.map((parameter) => /\w+$/.exec(parameter)?.[0] ?? parameter);
  return {
    line: `${name}(${names.join(', ')})`,
    declarations: parameters.map((parameter) => `${parameter};`),
  };
}
