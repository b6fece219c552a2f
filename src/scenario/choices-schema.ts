/**
 * Answers that are given in advance: a schedule as scenario files write it, stream by stream.
 *
 * Only answers other than 0 are written. Every other question gets 0, the quiet answer, also one
 * that a later model asks for the first time.
 */
import { z } from 'zod';
import { must, whole } from './keyed.js';
import { refusal } from './refusal.js';
import { LARGEST_BOUND, type Choice } from '../sim/entropy.js';

/** More than a scenario in which something is fixed by hand or by shrinking has; a run has more. */
const MOST_CHOICES = 10_000;
const MOST_QUESTIONS = 2_000_000_000;

const NAME = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,80}$/u;

const stream = z.string().regex(NAME, {
  error: refusal({
    expected: 'the name of a stream: 1 to 80 characters, such as leg 0',
    atKey: true,
  }),
});
const what = z
  .string({ error: refusal({ expected: 'a question, such as first sample' }) })
  .regex(NAME, { error: refusal({ expected: 'a question of 1 to 80 characters' }) });

const given = z
  .tuple(
    [
      whole('the number of the question in its stream', 0, MOST_QUESTIONS),
      what,
      // The largest bound is 2^53, which YAML's digits cannot say safely.
      whole('how many answers it has', 2, LARGEST_BOUND - 1),
      whole('an answer', 1, LARGEST_BOUND - 1),
    ],
    {
      error: refusal({
        expected: '[question, what, bound, answer], such as [3, first sample, 10, 7]',
      }),
    },
  )
  .check(
    must(([, , bound, answer]) => answer < bound, { expected: 'an answer below its bound' }, [3]),
  );

export const choices: z.ZodType<readonly Choice[]> = z
  .record(
    stream,
    z
      .array(given, { error: refusal({ expected: 'a list of answers to one stream' }) })
      .min(1, { error: refusal({ expected: 'at least one answer' }) })
      .check(
        must((list) => ascend(list.map(([n]) => n)), {
          expected: 'questions in ascending order, each once',
        }),
      ),
    { error: refusal({ expected: 'a map of streams and their answers' }) },
  )
  .check(
    must((map) => Object.values(map).flat().length <= MOST_CHOICES, {
      expected: `at most ${MOST_CHOICES} answers`,
    }),
  )
  .transform((map) =>
    Object.entries(map).flatMap(([name, list]) =>
      list.map(([n, question, bound, answer]): Choice => {
        return { stream: name, n, what: question, bound, answer };
      }),
    ),
  );

/** The same as a file says it: by stream, each `[n, what, bound, answer]`. */
export function choicesOf(
  list: readonly Choice[],
): Readonly<Record<string, readonly (readonly [number, string, number, number])[]>> {
  const streams = new Map<string, (readonly [number, string, number, number])[]>();
  for (const choice of list) {
    const entry = [choice.n, choice.what, choice.bound, choice.answer] as const;
    const known = streams.get(choice.stream);
    if (known === undefined) streams.set(choice.stream, [entry]);
    else known.push(entry);
  }
  return Object.fromEntries(streams);
}

function ascend(numbers: readonly number[]): boolean {
  return numbers.every((n, i) => i === 0 || n > numbers[i - 1]!);
}
