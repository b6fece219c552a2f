import { describe, expect, it } from 'vitest';
import { desync } from './program.js';

describe('strategies', () => {
  it('says of each what it costs, assumes and needs, and what a scenario may set', () => {
    const { code, out } = desync(['strategies']);
    expect(code).toBe(0);
    const one = out.split('\n\n').find((block) => block.startsWith('clear-after-period'));
    expect(one).toMatchInlineSnapshot(`
      "clear-after-period  Idea 3 of the mail: a region is cleared after a pdflush
                          period without a write.
        record      dm-log, in the scenario's regions
        costs       regions stay marked for the period
        assumes     that what was raced is written again within the period. pdflush
                    looks at ages on a tick of 5 s, so 30 s of age are 30 to 35 s, and
                    nothing bounds a write that waits behind others
        needs       what no kernel has: a region log that knows the period of pdflush,
                    and that pdflush keeps it
        parameters  period: 30s. How long a region must go without a write."
    `);
    expect(out).toContain('  record      activity-log, in regions of 4 MiB\n');
    expect(out).toContain('  record      md-safemode, one region for all\n');
  });

  it('is one object with --json', () => {
    const { out } = desync(['strategies', '--json']);
    const told = JSON.parse(out) as { strategies: { name: string }[] };
    expect(told).toMatchObject({ format: 'desync/strategies@1', verdict: null });
    expect(told.strategies.find(({ name }) => name === 'md-llbitmap')).toMatchInlineSnapshot(`
      {
        "assumes": "that completed writes left the legs equal, or that 30 s mend it",
        "costs": "chunks stay marked for 30 s and more",
        "granule": 65536,
        "name": "md-llbitmap",
        "needs": null,
        "parameters": [
          {
            "default": "64KiB",
            "meaning": "The unit of the bitmap.",
            "name": "chunk",
          },
          {
            "default": "30s",
            "meaning": "How long after the first mark the daemon looks.",
            "name": "daemonSleep",
          },
          {
            "default": "5s",
            "meaning": "What counts as idle then.",
            "name": "idle",
          },
        ],
        "record": "md-llbitmap",
        "summary": "md's lockless bitmap: every 30 s a daemon cleans what has been idle for 5 s.",
      }
    `);
    const keys = new Set(told.strategies.map((strategy) => Object.keys(strategy).join()));
    expect([...keys]).toEqual(['name,summary,record,granule,costs,assumes,needs,parameters']);
  });
});
