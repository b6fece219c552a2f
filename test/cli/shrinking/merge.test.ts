/** `merge` makes small what the parts found, as the sweep in one does, and from the parts alone. */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lineOf } from '../../../src/lab/sweep/part-lines.js';
import { REPORTERS } from '../../../src/report/reporters/by-name.js';
import { CAMPAIGN } from '../../support/campaign.js';
import { ScratchFolder } from '../../support/scratch-folder.js';
import { desync, inShell, ROOT, SCENARIO, toy, type Answer } from '../program.js';

const SHORT = `${ROOT}scenarios/short.yaml`;
/** Some of them fail, and there are as many chunks as parts. */
const SWEEP = ['run', SHORT, '--strategy', 'md-bitmap', '--seeds', '1..650'];
const FEW = ['run', SHORT, '--strategy', 'md-bitmap', '--seeds', '13..17'];
const LONG = { timeout: 240_000 };
/** Each merge shrinks anew: all of them are for a campaign. */
const NUMBERS = CAMPAIGN > 1 ? [1, 2, 3, 4, 5, 6, 7] : [2, 7];
const CUTS = CAMPAIGN > 1 ? [0.001, 0.3, 0.99] : [0.3];

const scratch = new ScratchFolder('merged');
const none: readonly string[] = [];

/** The files of so many parts. */
function partsOf(args: readonly string[], of: number): string[] {
  return Array.from({ length: of }, (_, n) => {
    const file = scratch.at(`part-${n + 1}-${of}.jsonl`);
    const { code, out, err } = desync([...args, '--shard', `${n + 1}/${of}`, '--output', file]);
    expect([code, out.includes('shrunk'), err]).toEqual([0, false, '']);
    return file;
  });
}

/** The JSON, and then what each reporter writes to a file. */
function toldBy(args: readonly string[]): unknown {
  const files = REPORTERS.map((name) => [name, scratch.at(`told.${name}`)] as const);
  const all = files.flatMap(([name, file]) => ['--reporter', `${name}=${file}`]);
  const answer = desync([...args, '--json', ...all]);
  return { answer, texts: files.map(([name, file]) => [name, readFileSync(file, 'utf8')]) };
}

function cutAt(file: string, share: number): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length * share)));
}

describe('parts of a sweep that found what must not be', () => {
  it('are told as the sweep in one is by every reporter, however many they are', LONG, () => {
    const whole = toldBy(SWEEP);
    const text = desync(SWEEP);
    expect(text.out).toMatch(/shrunk: exposed(?:.|\n)*1-minimal/);
    for (const of of NUMBERS) {
      const parts = partsOf(SWEEP, of);
      expect(toldBy(['merge', ...parts])).toEqual(whole);
      if (of === 2) expect(desync(['merge', ...parts])).toEqual(text);
    }
  });

  it('are so where one was killed and gone on with', LONG, () => {
    const [one = '', two = ''] = partsOf(SWEEP, 2);
    const whole = desync(SWEEP);
    for (const share of CUTS) {
      cutAt(two, share);
      desync([...SWEEP, '--shard', '2/2', '--resume', two]);
      expect(desync(['merge', two, one])).toEqual(whole);
    }
  });

  it('need no file of what was run', LONG, () => {
    const file = scratch.at('short.yaml');
    writeFileSync(file, readFileSync(SHORT));
    const args = ['run', file, ...FEW.slice(2), '--set', 'story="Another one."'];
    const whole = desync(args);
    const parts = partsOf(args, 2);
    renameSync(file, `${file}.away`);
    const merged = desync(['merge', ...parts]);
    expect(merged).toEqual(whole);
    expect(merged.out).toMatch(/shrunk: exposed(?:.|\n)*1-minimal/);
  });

  it.each([
    ['merge', none, ['--no-shrink']],
    ['the sweep', ['--no-shrink'], none],
  ])('leave it where %s is told to', LONG, (_, swept, merged) => {
    const whole = desync([...FEW, '--no-shrink']);
    const parts = partsOf([...FEW, ...swept], 2);
    expect(desync(['merge', ...parts, ...merged])).toEqual(whole);
    expect(whole.out).toMatch(/^shrink: npx desync shrink/m);
  });
});

describe("of a strategy of a user's own", () => {
  const strategy = (answer: string): string => {
    const hook = `region: (cause) => (cause === 'drained' ? '${answer}' : 'hold')`;
    const text = `export default { name: 'mine', summary: 'tried', record: 'dm-log', ${hook} };\n`;
    const file = scratch.at('mine.mjs');
    writeFileSync(file, text);
    return file;
  };
  const args = (): string[] => {
    return ['run', SHORT, '--strategy', strategy('clear'), '--seeds', '1..9'];
  };

  it('merge asks the file where it lies', LONG, () => {
    const sweep = args();
    const whole = desync(sweep);
    expect(whole.out).toContain('shrunk: exposed');
    expect(desync(['merge', ...partsOf(sweep, 2)])).toEqual(whole);
  });

  it('merge says why not where it is another one, or away, and the results stand', LONG, () => {
    const sweep = args();
    const left = desync([...sweep, '--no-shrink']);
    const parts = partsOf(sweep, 2);
    const mine = strategy('hold');
    // What is not meant is not even loaded.
    writeFileSync(mine, `${readFileSync(mine, 'utf8')}process.stdout.write('loaded');\n`);
    const merged = (): Answer => {
      const { code, out, err } = desync(['merge', ...parts]);
      return { code, out: out.replaceAll(/^(repeat: .*--seeds 1..9)$/gm, '$1 --no-shrink'), err };
    };
    const command = /^npx desync shrink .*mine.mjs --seed \d\n$/m;
    const other = merged();
    expect(other).toMatchObject({ code: left.code, out: left.out });
    expect(other.err).toMatch(command);
    expect(other.err).toContain('mine.mjs: is another file than the one that was tried\n');
    rmSync(mine);
    const away = merged();
    expect(away).toMatchObject({ code: left.code, out: left.out });
    expect(away.err).toContain('mine.mjs: there is no such file\n');
  });

  it('merge writes no report over it', LONG, () => {
    const sweep = args();
    const [, , , mine = ''] = sweep;
    const [one = '', two = ''] = partsOf(sweep, 2);
    const over = ['--reporter', `json=${mine}`];
    const { code, err } = desync(['merge', one, two, ...over]);
    expect(code).toBe(2);
    expect(err).toContain('is needed by this command for something else');
    const missing = desync(['merge', one, ...over]);
    expect(missing.err).toMatch(/^part 2 of 2 is missing\n/);
    expect(readFileSync(mine, 'utf8')).toContain('export default');
  });
});

describe('a part', () => {
  const changed = (change: (header: Record<string, unknown>) => object): Answer => {
    const file = scratch.at('changed.jsonl');
    desync([...FEW, '--output', file]);
    const [head = '', ...rest] = readFileSync(file, 'utf8').split('\n');
    const { crc32c: _, ...header } = JSON.parse(head) as Record<string, unknown>;
    const line = lineOf(change(header) as Parameters<typeof lineOf>[0]);
    writeFileSync(file, line + rest.join('\n'));
    return desync(['merge', file]);
  };
  const text = 'duration: long\n';
  const sha256 = createHash('sha256').update(text).digest('hex');

  it('whose scenario is not the one that it says is refused', LONG, () => {
    const { code, out, err } = changed(({ scenarios, ...rest }) => {
      const [one] = scenarios as { sha256: string }[];
      return { ...rest, scenarios: [{ ...one, text }] };
    });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('changed.jsonl: has another scenario than its sha256 says\n');
  });

  it('whose scenario cannot be loaded is told, and not shrunk', LONG, () => {
    const { code, out, err } = changed(({ series, ...rest }) => {
      const [one] = series as object[];
      return { ...rest, series: [{ ...one, sha256 }], scenarios: [{ sha256, text }] };
    });
    expect(code).toBe(1);
    expect(out).toMatch(/^FAIL .*(?:.|\n)*^shrink: npx desync shrink/m);
    expect(err).toMatch(/^a failure was not shrunk: the scenario in its part is none\nnpx/);
  });

  it('of another format is refused as one', LONG, () => {
    const { code, err } = changed((header) => ({ ...header, format: 'desync/part@1' }));
    expect(code).toBe(2);
    expect(err).toContain(
      'changed.jsonl: was made by another version of desync: it is desync/part@1, and this one reads desync/part@2\n',
    );
  });
});

describe('where merge cannot shrink', () => {
  const merged = (seeds: string, ...more: readonly string[]): Answer => {
    const file = scratch.at(`toy-${seeds}.jsonl`);
    const idle = ['--strategy', 'clear-when-idle', '--seeds', seeds];
    toy(['run', SCENARIO, ...idle, '--shard', '1/1', '--output', file]);
    return toy(['merge', file, ...more]);
  };

  it('because its worker ends, or because desync has a bug, the results stand', LONG, () => {
    const ends = merged('406..411');
    expect(ends.code).toBe(1);
    expect(ends.out).toMatch(/shrink: npx desync shrink .* --seed 406\n$/);
    expect(ends.err).toMatch(/^a failure was not shrunk: its worker ended\nnpx/);
    const broken = merged('407..412', '--json');
    expect(broken.code).toBe(3);
    expect(JSON.parse(broken.out)).toMatchObject({ shrunk: [{ seed: '407', left: null }] });
    expect(broken.err).toMatch(/^desync: internal error: slot 3 is not armed/);
  });

  it('the command that it names shrinks', LONG, () => {
    const { out } = desync(['merge', ...partsOf(FEW, 2), '--no-shrink']);
    const [, command = ''] = /^shrink: (.*)\n$/m.exec(out) ?? [];
    expect(inShell(command).out).toMatch(/shrunk: exposed(?:.|\n)*1-minimal/);
  });
});
