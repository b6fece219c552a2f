import { describe, expect, it } from 'vitest';
import { factLines, runText } from '../../src/report/run-text.js';
import { clean, harmed, plain, STORY, tagged } from './mail-race.js';

describe('the text of one run', () => {
  it('tells the race of the mail', () => {
    expect(runText(harmed, STORY, plain(80))).toMatchInlineSnapshot(`
      "PASS-BOUNDED  ext2-bitmap under clear-when-idle, seed 1: harmed

      An append races pdflush, and the file is fsynced.

        ran         120 s of virtual time, 48,213 events
        raced       3 of 1,204 stores that met a write in flight fell between the
                    legs' samples
        exposed     25.1 % of the time, in 2 windows, the longest 30.1 s from
                    35.018402 s
        cost        62 record writes; expected resync 25.6 KiB in 1.1 ms; writes took
                    8.9 ms (p50) to 17.1 ms (p99)
        crash       at 35.018402 s, with no region marked
        recovery    nothing to copy: every region was believed clean
        afterwards  fsck       clean
                    remove leg0
                    remount    leg 1 is read from now on
                    create /b
                    append /b  65,536 bytes, from block 1234
                    read /a    block 1 differs from what was synced
                               block 2 likewise
        diverged    block bitmap of group 0: 1 sector from sector 6, block 3
                      leg 0 064: ff ff ff 1f
                      leg 1 064: ff ff ff 0f
        harm        Block 1234 belongs to /a and /b at once: each overwrites the
                    other.
                    /a reads back other bytes than were written and synced (from byte
                    1024).

      repeat: npx desync run scenarios/ext2-bitmap.yaml --strategy clear-when-idle --seed 1
      "
    `);
  });

  it('tells a run in which nothing happened', () => {
    expect(runText(clean, undefined, plain(80))).toMatchInlineSnapshot(`
      "PASS-COMPLETE  ext2-bitmap under mark-until-unmount, seed 1: clean

        ran         120 s of virtual time, 48,213 events
        raced       3 of 1,204 stores that met a write in flight fell between the
                    legs' samples
        exposed     never
        cost        62 record writes; expected resync 25.6 KiB in 1.1 ms; writes took
                    8.9 ms (p50) to 17.1 ms (p99)
        crash       at 35.018402 s, with 7 regions marked
        recovery    7 regions copied, 3.5 MiB in 46.2 ms
        diverged    nowhere: the legs agree

      repeat: npx desync run scenarios/ext2-bitmap.yaml --strategy mark-until-unmount --seed 1
      "
    `);
  });

  it('says under the verdict what was expected and not found', () => {
    const failed = {
      ...clean,
      verdict: 'FAIL' as const,
      reasons: ['expected the outcome harmed, found clean', 'expected block-used-twice among harm'],
    };
    expect(runText(failed, undefined, plain(80)).split('\n').slice(0, 4)).toEqual([
      'FAIL  ext2-bitmap under mark-until-unmount, seed 1: clean',
      '  expected the outcome harmed, found clean',
      '  expected block-used-twice among harm',
      '',
    ]);
  });

  it("says which file a strategy of one's own is", () => {
    const strategySource = { path: './mine.js', sha256: '0123456789ab'.padEnd(64, 'f'), name: 'm' };
    const [verdict] = runText(
      { ...clean, strategy: './mine.js', strategySource },
      '',
      plain(120),
    ).split('\n');
    expect(verdict).toBe(
      'PASS-COMPLETE  ext2-bitmap under ./mine.js (m, sha256 0123456789ab), seed 1: clean',
    );
  });

  it('fits forty columns, except for the command, which stays whole', () => {
    const text = runText(harmed, STORY, plain(40));
    const broad = text.split('\n').filter((line) => line.length > 40);
    expect(broad).toEqual([`repeat: ${harmed.repeat}`]);
    expect(text).toMatchInlineSnapshot(`
      "PASS-BOUNDED  ext2-bitmap under
      clear-when-idle, seed 1: harmed

      An append races pdflush, and the file is
      fsynced.

        ran
          120 s of virtual time, 48,213 events
        raced
          3 of 1,204 stores that met a write
          in flight fell between the legs'
          samples
        exposed
          25.1 % of the time, in 2 windows,
          the longest 30.1 s from 35.018402 s
        cost
          62 record writes; expected resync
          25.6 KiB in 1.1 ms; writes took
          8.9 ms (p50) to 17.1 ms (p99)
        crash
          at 35.018402 s, with no region
          marked
        recovery
          nothing to copy: every region was
          believed clean
        afterwards
          fsck
            clean
          remove leg0
          remount
            leg 1 is read from now on
          create /b
          append /b
            65,536 bytes, from block 1234
          read /a
            block 1 differs from what was
            synced
            block 2 likewise
        diverged
          block bitmap of group 0: 1 sector
          from sector 6, block 3
            leg 0 064: ff ff ff 1f
            leg 1 064: ff ff ff 0f
        harm
          Block 1234 belongs to /a and /b at
          once: each overwrites the other.
          /a reads back other bytes than were
          written and synced (from byte 1024).

      repeat: npx desync run scenarios/ext2-bitmap.yaml --strategy clear-when-idle --seed 1
      "
    `);
  });

  it('paints what is good and what is bad, and measures without the paint', () => {
    const text = runText(harmed, STORY, tagged(80));
    expect(text).toContain('<good><strong>PASS-BOUNDED</strong></good>  ext2-bitmap under');
    expect(text.replaceAll(/<\/?[a-z]+>/g, '')).toBe(runText(harmed, STORY, plain(80)));
  });

  it('says how many windows there were when not all of them were kept', () => {
    const many = { ...harmed, exposure: { ...harmed.exposure, windowCount: 1742 } };
    expect(runText(many, undefined, plain(120))).toContain(
      'in 1,742 windows, the longest of the first 2 30.1 s from 35.018402 s',
    );
  });

  it('shows what a file holds without obeying it', () => {
    const hostile = { ...harmed, scenario: '\u001b]0;owned\u0007', reasons: ['\u001b[31mred'] };
    const text = runText(hostile, '\u009b2J', plain(80));
    // eslint-disable-next-line no-control-regex -- they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it("keeps an application's own responsibility apart, under its own heading", () => {
    const [divergence] = harmed.divergence;
    const [, harm] = harmed.harm;
    const own = {
      ...clean,
      exposure: { ...clean.exposure, byApplication: { fraction: 0.25, windowCount: 3 } },
      divergence: [{ ...divergence!, belongsTo: 'data of /a, block 0', byApplication: true }],
      harm: [{ ...harm!, byApplication: true }],
    };
    const facts = factLines(own, plain(80));
    expect(facts.slice(facts.findIndex((line) => line.includes('diverged')))).toEqual([
      '  diverged    nowhere else',
      "  application's responsibility",
      '  exposed     25 % of the time, in 3 windows',
      '  diverged    data of /a, block 0: 1 sector from sector 6, block 3',
      '                leg 0 064: ff ff ff 1f',
      '                leg 1 064: ff ff ff 0f',
      '  harm        /a reads back other bytes than were written and synced (from byte',
      '              1024).',
    ]);
    expect(factLines(clean, plain(80)).join()).not.toContain('responsibility');
  });

  it('tells a story of several lines as one text', () => {
    expect(runText(clean, 'One line.\nAnother.', plain(80))).toContain('\nOne line. Another.\n');
  });

  it('counts places and harm when there are too many to name', () => {
    const [divergence] = harmed.divergence;
    const [harm] = harmed.harm;
    const much = {
      ...harmed,
      divergence: Array.from({ length: 9 }, (_, n) => ({
        sector: n,
        block: n,
        excerpt: '',
        byApplication: false,
        ...divergence,
        belongsTo: `inode ${n}`,
      })),
      harm: Array.from({ length: 10 }, (_, n) => ({
        kind: 'block-lost' as const,
        text: '',
        block: n,
        byApplication: false,
        ...harm,
        files: [`/file${n}`],
      })),
    };
    const text = runText(much, undefined, plain(80));
    expect(text).toContain('and in 3 more places');
    expect(text).toContain('and 2 more');
  });
});
