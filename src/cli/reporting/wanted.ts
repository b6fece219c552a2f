/** Which reporters are asked for, and where each of them writes. */
import { REPORTERS, type ReporterName } from '../../report/reporters/by-name.js';
import { shown, suggestion, type Given } from '../given.js';
import { Refused } from '../refused.js';
import { isOnGitHub, type Environment } from '../terminal.js';

export interface WantedReporter {
  readonly name: ReporterName;
  readonly to: Destination;
}

export type Destination =
  | { readonly kind: 'stdout' | 'stderr' }
  | { readonly kind: 'file'; readonly file: string }
  /** The summary of a job on GitHub. */
  | { readonly kind: 'summary'; readonly file: string };

/**
 * On GitHub `github` is added where none was named. Its annotations give way to whatever else is on
 * standard output: the runner reads standard error as well.
 */
export function reportersWanted(given: Given, env: Environment): readonly WantedReporter[] {
  const named = given.texts('reporter').map(reporterIn);
  const asked = given.flag('json') ? [{ name: 'json', file: undefined } as const, ...named] : named;
  const onGitHub = isOnGitHub(env);
  const usual = { name: 'default', file: undefined } as const;
  const annotations = { name: 'github', file: undefined } as const;
  const isPart = given.text('shard') !== undefined;
  const all = asked.length > 0 ? asked : onGitHub && !isPart ? [usual, annotations] : [usual];
  const reporters = placed(all);
  const summary = env['GITHUB_STEP_SUMMARY'] ?? '';
  const isTold = onGitHub && summary !== '' && all.some(({ name }) => name === 'github');
  if (!isTold) return reporters;
  return [...reporters, { name: 'markdown', to: { kind: 'summary', file: summary } }];
}

interface Named {
  readonly name: ReporterName;
  readonly file: string | undefined;
}

function placed(all: readonly Named[]): WantedReporter[] {
  const onScreen = all.filter(({ file }) => file === undefined);
  const doubled = onScreen.find(({ name }, n) => onScreen.findIndex((o) => o.name === name) !== n);
  const [one, other] = onScreen.filter(({ name }) => name !== 'github');
  if (doubled !== undefined || (one !== undefined && other !== undefined)) {
    const names = doubled === undefined ? [one?.name, other?.name] : [doubled.name, doubled.name];
    throw new Refused(
      `${names.join(' and ')} cannot both write to standard output: ` +
        `give one of them a file, as in --reporter ${names[1] ?? ''}=FILE`,
    );
  }
  return all.map(({ name, file }) => {
    if (file !== undefined) return { name, to: { kind: 'file', file } };
    return { name, to: { kind: name === 'github' && one !== undefined ? 'stderr' : 'stdout' } };
  });
}

/** `NAME` or `NAME=FILE` */
function reporterIn(text: string): Named {
  const at = text.indexOf('=');
  const [word, file] = at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
  const name = REPORTERS.find((each) => each === word);
  if (name === undefined) {
    const meant = suggestion(word, REPORTERS);
    const hint = meant === '' ? `; there are ${REPORTERS.join(', ')}` : meant;
    throw new Refused(`there is no reporter "${shown(word)}"${hint}`);
  }
  if (file === '') throw new Refused(`--reporter ${name}= names no file`);
  return { name, file };
}
