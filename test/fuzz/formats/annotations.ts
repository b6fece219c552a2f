/** Annotations of GitHub Actions, read as the runner reads workflow commands. */

export interface Annotation {
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const COMMAND = /^::error (?<properties>[^\r\n]*?)::(?<message>[^\r\n]*)$/;
const PROPERTY = /^(?<name>file|line|col|title)=(?<value>[^:,]*)$/;
const MORE = /^and [\d,]+ errors? more, which GitHub would not show$/;
const MOST = 10;

/** Throws where a line is something else, or where there are more than the runner shows. */
export function annotationsIn(text: string): readonly Annotation[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('its last line has no end');
  const lines = text.split('\n').slice(0, -1);
  const commands = MORE.test(lines.at(-1) ?? '') ? lines.slice(0, -1) : lines;
  if (commands.length > MOST) throw new Error(`${commands.length} annotations`);
  return commands.map((line) => {
    const { properties, message } = COMMAND.exec(line)?.groups ?? {};
    if (properties === undefined || message === undefined) {
      throw new Error(`no annotation: ${JSON.stringify(line.slice(0, 200))}`);
    }
    return { properties: propertiesIn(properties), message: read(message) };
  });
}

function propertiesIn(text: string): Readonly<Record<string, string>> {
  const entries = text.split(',').map((each): [string, string] => {
    const { name, value } = PROPERTY.exec(each)?.groups ?? {};
    if (name === undefined || value === undefined) throw new Error(`no property: ${each}`);
    return [name, read(value.replaceAll('%3A', ':').replaceAll('%2C', ','))];
  });
  return Object.fromEntries(entries);
}

/** `%25` last, so that it begins nothing. */
function read(text: string): string {
  if (/%(?!25|0A|0D)/.test(text)) throw new Error(`a % that stands for nothing: ${text}`);
  return text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%');
}
