import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EverySchedule, TooManyAnswers } from '../../src/sim/every-schedule.js';

/** Does a piece of work with every answer; what it answers is what each time came to. */
function everyTime<T>(every: EverySchedule, work: () => T): T[] {
  const results: T[] = [];
  every.begin();
  do results.push(work());
  while (every.next());
  return results;
}

describe('every schedule', () => {
  it('answers each question with every number below its bound, the last one turning fastest', () => {
    const every = new EverySchedule();
    const stream = every.stream('a');
    expect(everyTime(every, () => [stream.choose(2, 'x'), stream.choose(3, 'y')])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
  });

  it('lets a question depend on the answers before it', () => {
    const every = new EverySchedule();
    const stream = every.stream('a');
    const runs = everyTime(every, () =>
      stream.choose(3, 'x') === 1 ? `1${stream.choose(2, 'y')}` : 'none',
    );
    expect(runs).toEqual(['none', '10', '11', 'none']);
  });

  it('does work that asks nothing once', () => {
    expect(everyTime(new EverySchedule(), () => 'done')).toEqual(['done']);
  });

  it('counts every leaf of any tree of questions once', () => {
    const tree = fc.letrec<{ node: Tree }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.constant<Tree>([]),
        fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(tree, (root) => {
        const every = new EverySchedule();
        const stream = every.stream('a');
        const leaves = everyTime(every, () => {
          let node = root;
          let path = '';
          while (node.length > 0) {
            const answer = node.length === 1 ? 0 : stream.choose(node.length, 'x');
            path += String(answer);
            node = node[answer]!;
          }
          return path;
        });
        expect(leaves).toEqual(leavesOf(root, ''));
      }),
    );
  });

  it('says what has not happened before', () => {
    const every = new EverySchedule();
    const stream = every.stream('a');
    const news: boolean[][] = [];
    everyTime(every, () => {
      const seen = [every.isNew];
      stream.choose(2, 'x');
      seen.push(every.isNew);
      stream.choose(2, 'y');
      seen.push(every.isNew);
      news.push(seen);
    });
    expect(news).toEqual([
      [true, true, true],
      [false, false, true],
      [false, true, true],
      [false, false, true],
    ]);
  });

  it('tells what was asked, stream by stream as it came', () => {
    const every = new EverySchedule();
    const [a, b] = [every.stream('a'), every.stream('b')];
    every.begin();
    a.choose(3, 'x');
    b.choose(2, 'y');
    every.next();
    a.choose(3, 'x');
    b.choose(2, 'y');
    expect(every.asked()).toEqual([
      { stream: 'a', what: 'x', bound: 3, answer: 0 },
      { stream: 'b', what: 'y', bound: 2, answer: 1 },
    ]);
  });

  it('refuses a question with more answers than can be tried, and names its stream', () => {
    const every = new EverySchedule();
    const stream = every.stream('leg 0');
    every.begin();
    expect(stream.choose(4096, 'durable')).toBe(0);
    expect(() => stream.choose(4097, 'durable')).toThrow(TooManyAnswers);
    expect(() => stream.choose(1e6, 'durable')).toThrow(/'leg 0'.*'durable'.*1000000/);
  });

  it('finds out work that does not repeat', () => {
    const every = new EverySchedule();
    const stream = every.stream('a');
    every.begin();
    stream.choose(2, 'x');
    stream.choose(2, 'y');
    every.next();
    expect(() => stream.choose(3, 'x')).toThrow(/another question/);
    every.begin();
    stream.choose(2, 'x');
    stream.choose(2, 'y');
    every.next();
    stream.choose(2, 'x');
    expect(() => every.next()).toThrow(/fewer questions/);
  });
});

type Tree = Tree[];

function leavesOf(node: Tree, path: string): string[] {
  return node.length === 0 ? [path] : node.flatMap((child, n) => leavesOf(child, `${path}${n}`));
}
