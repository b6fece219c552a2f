/** A bug planted into one line of the program, and who must notice. */
import ts from 'typescript';

export interface Mutant {
  readonly name: string;
  /** Below `src`. */
  readonly file: string;
  /** The whole line without its indentation; it must stand there exactly once. */
  readonly line: string;
  /** The line above it, where the line alone is not enough. */
  readonly below?: string;
  readonly becomes: string;
  /** The name of a check. */
  readonly caughtBy: string;
}

/** The file's text with the bug; throws when its line is gone or stands there more than once. */
export function planted({ name, file, line, below, becomes }: Mutant, text: string): string {
  const lines = text.split('\n');
  const at = lines.flatMap((one, n) => {
    const isBelow = below === undefined || lines[n - 1]?.trim() === below;
    return one.trim() === line && isBelow ? [n] : [];
  });
  const [only, ...others] = at;
  if (only === undefined || others.length > 0) {
    throw new Error(`${name}: src/${file} has this line ${at.length} times, not once: ${line}`);
  }
  lines[only] = becomes;
  return lines.join('\n');
}

/** Without types; throws where the bug is no TypeScript. */
export function transpiled(text: string, fileName: string): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ES2022,
      verbatimModuleSyntax: true,
    },
  });
  const [first] = diagnostics;
  if (first !== undefined) {
    throw new Error(`${fileName}: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`);
  }
  return outputText;
}
