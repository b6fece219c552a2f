import { expect, it } from 'vitest';
import { assemble } from '../../src/lab/assemble.js';
import { namesOf } from '../../src/lab/assembly/slots.js';
import { instantOf } from '../../src/sim/time.js';
import { seeded } from '../../src/sim/seeded.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { smallScenario } from '../support/small-scenario.js';

it('the events of all applications, and of nobody else, are counted as theirs', () => {
  const scenario = smallScenario(
    'workload={ one: [{ create: /a }, { append: [/a, 1KiB] }, { fsync: /a }], two: [sync] }',
  );
  const { world } = assemble(scenario, clearWhenIdle);
  const names = namesOf(2, ['one', 'two']);
  const seen = { one: 0, two: 0, others: 0 };
  world.reset(seeded('1'));
  while (world.advance(instantOf(scenario.duration))) {
    const name = names[world.acted];
    seen[name === 'one' || name === 'two' ? name : 'others']++;
  }
  expect(Math.min(seen.one, seen.two, seen.others)).toBeGreaterThan(0);
  expect(world.applicationEvents).toBe(seen.one + seen.two);
  expect(world.events).toBe(seen.one + seen.two + seen.others);
});
