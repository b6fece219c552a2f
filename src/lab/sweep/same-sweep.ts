/** Whether two parts are of one sweep: every difference that matters, a sentence each. */
import type { PartHeader, PartSeries } from './part-schema.js';
import type { Plan } from './plan.js';

/**
 * What `other` has otherwise than `one`. Where their files lay does not matter, nor who ran them.
 */
export function differences(one: PartHeader, other: PartHeader): string[] {
  const found: string[] = [];
  const differ = (what: string, a: string, b: string): void => {
    if (a !== b) found.push(`${what}: ${b}, not ${a}`);
  };
  differ('the version of desync', one.tool.version, other.tool.version);
  differ('the version of the model', `${one.model}`, `${other.model}`);
  differ('the command', one.command, other.command);
  differ('the seeds', seedsOf(one.plan), seedsOf(other.plan));
  differ('--bail', `${one.bail ?? 'none'}`, `${other.bail ?? 'none'}`);
  differ('--check-determinism', saidOf(one.again), saidOf(other.again));
  differ('--fail-on', listOf(one.failOn), listOf(other.failOn));
  if (one.series.length !== other.series.length) {
    differ('scenarios and strategies', `${one.series.length}`, `${other.series.length}`);
    return found;
  }
  const inEach = one.series.flatMap((series, n) => inSeries(series, other.series[n] ?? series));
  return [...new Set([...found, ...inEach])];
}

function inSeries(one: PartSeries, other: PartSeries): string[] {
  const [a, b] = [one.subject, other.subject];
  if (a.scenario !== b.scenario) return [`the scenario: ${b.scenario}, not ${a.scenario}`];
  const found: string[] = [];
  if (one.sha256 !== other.sha256) {
    found.push(`the scenario ${a.scenario} has another content (sha256 ${start(other.sha256)})`);
  }
  if (a.strategy !== b.strategy) {
    found.push(`the strategy: ${b.strategy}, not ${a.strategy}`);
  } else if (a.source?.sha256 !== b.source?.sha256) {
    const content = b.source === undefined ? 'none' : start(b.source.sha256);
    found.push(`the strategy ${a.strategy} has another content (sha256 ${content})`);
  }
  return found;
}

function listOf(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : texts.join(', ');
}

function seedsOf({ firstSeeds, count }: Plan): string {
  return [...new Set(firstSeeds)].map((first) => `${first}..${first + count - 1}`).join(', ');
}

function saidOf(flag: boolean): string {
  return flag ? 'given' : 'not given';
}

function start(sha256: string): string {
  return sha256.slice(0, 12);
}
