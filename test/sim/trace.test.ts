import { expect, it } from 'vitest';
import { Trace } from '../../src/sim/trace.js';

it('a trace tells whoever listens, from when he listens until he stops', () => {
  const trace = new Trace<string>();
  const heard: string[] = [];
  trace.tell('before');
  trace.listen((record) => heard.push(record));
  trace.tell('first');
  trace.tell('second');
  trace.listen(undefined);
  trace.tell('after');
  expect(heard).toEqual(['first', 'second']);
});

it('a trace says whether anybody listens, so that nobody makes records for nobody', () => {
  const trace = new Trace<string>();
  expect(trace.listening).toBe(false);
  trace.listen(() => undefined);
  expect(trace.listening).toBe(true);
  trace.listen(undefined);
  expect(trace.listening).toBe(false);
});

it('a trace has one listener: the last', () => {
  const trace = new Trace<string>();
  const heard: string[] = [];
  trace.listen((record) => heard.push(`first heard ${record}`));
  trace.listen((record) => heard.push(`second heard ${record}`));
  trace.tell('it');
  expect(heard).toEqual(['second heard it']);
});
