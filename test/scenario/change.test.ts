import { describe, expect, it } from 'vitest';
import { complaintsAbout, EXAMPLE, scenarioIn, spoilt } from './example.js';
import { DRIVES } from '../../src/media/drives.js';

describe('--set', () => {
  it('changes one value', () => {
    const scenario = scenarioIn(EXAMPLE, 'mirror.legs[1].latency=ssd-sata');
    expect(scenario.mirror.legs).toEqual([DRIVES['hdd-7200'], DRIVES['ssd-sata']]);
  });

  it('names an item of a list by a dot as well, and a key of digits is still one', () => {
    const change = 'mirror.legs.1.latency=ssd-sata';
    const { legs } = scenarioIn(EXAMPLE, change).mirror;
    expect(legs).toEqual([DRIVES['hdd-7200'], DRIVES['ssd-sata']]);
    expect(
      scenarioIn(EXAMPLE, 'workload.app.1.repeat.times=3').workload[0]?.steps[1],
    ).toMatchObject({
      times: 3,
    });
    expect(
      scenarioIn(EXAMPLE, 'choices={ 7: [[0, x, 2, 1]] }', 'choices.7=[[1, x, 2, 1]]').choices,
    ).toEqual([{ stream: '7', n: 1, what: 'x', bound: 2, answer: 1 }]);
  });

  it('takes any YAML', () => {
    const every = 'workload.app[1].repeat.every={uniform: [1ms, 2ms]}';
    const [app] = scenarioIn(EXAMPLE, every).workload;
    expect(app?.steps[1]).toMatchObject({ every: { kind: 'uniform', from: 1e6, to: 2e6 } });
  });

  it('sets what the file leaves out, and makes the maps on the way', () => {
    const scenario = scenarioIn(
      EXAMPLE,
      'limits.events=1000',
      'expect.mark-until-unmount.exposed=never',
      'expect["./my fix.js"].outcome=clean',
      'workload.app[1].repeat.times=3',
      'mirror.initially=out-of-sync',
    );
    expect(scenario.limits.events).toBe(1000);
    expect(scenario.expect['mark-until-unmount']?.exposed).toBe('never');
    expect(scenario.expect['./my fix.js']?.outcome).toBe('clean');
    expect(scenario.workload[0]?.steps[1]).toMatchObject({ times: 3 });
    expect(scenario.mirror.initially).toBe('out-of-sync');
  });

  it('sets a parameter of a strategy', () => {
    const { strategies } = scenarioIn(
      EXAMPLE,
      'strategies.clean-candidate.period=20s',
      'strategies.activity-log.extents=7',
    );
    expect(strategies['clean-candidate']?.period).toBe(20e9);
    expect(strategies['activity-log']?.extents).toBe(7);
  });

  it('repairs a value that is wrong in the file', () => {
    expect(scenarioIn(spoilt('120s', '120'), 'duration=3min').duration).toBe(180e9);
  });

  it('goes by the order of the changes', () => {
    expect(scenarioIn(EXAMPLE, 'seed=1', 'seed=2').seed).toBe('2');
    const both = ['preemption={uniform: [1us, 2us]}', 'preemption.uniform[1]=5us'];
    expect(scenarioIn(EXAMPLE, ...both).preemption).toMatchObject({ from: 1e3, to: 5e3 });
  });

  it('changes one use of an alias and leaves the others', () => {
    const text = spoilt('[{ latency: hdd-7200 }, { latency: nvme }]', '[&a { latency: nvme }, *a]');
    const { legs } = scenarioIn(text, 'mirror.legs[1].latency=ssd-sata').mirror;
    expect(legs).toEqual([DRIVES.nvme, DRIVES['ssd-sata']]);
  });
});

describe('a bad --set', () => {
  it.each([
    ['latncy=nvme', '--set:1:1 latncy: expected a key of a scenario'],
    [
      'mirror.log.latncy=nvme',
      '--set:1:12 mirror.log.latncy: expected a key of the log (latency), found "latncy" -> latency',
    ],
    ['miror.log.latency=nvme', '--set:1:1 miror: expected a key of a scenario'],
    [
      'mirror.legs[1].latency=nvmee',
      '--set:1:24 mirror.legs[1].latency: expected one of hdd-7200, ssd-sata, nvme, or { firstSample: ..., durable: ..., sectorTime: 6us }, found "nvmee" -> nvme',
    ],
    [
      'mirror.legs[2].latency=nvme',
      '--set:1:12 mirror.legs[2]: expected an index below 2, found 2',
    ],
    ['mirror.legs.2=nvme', '--set:1:13 mirror.legs.2: expected an index below 2, found 2'],
    [
      'mirror.legs.latency=nvme',
      '--set:1:13 mirror.legs.latency: expected an index below 2, found "latency"',
    ],
    ['workload.ap[1]=sync', '--set:1:10 workload.ap: expected a list, found nothing -> app'],
    ['workload[1]=sync', '--set:1:1 workload: expected a list, found a map of app'],
    ['duration.unit=s', '--set:1:1 duration: expected a map, found "120s"'],
    [
      'workload.app[0].append=[/a, 1KiB]',
      '--set:1:17 workload.app[0].append: expected one key in a step, found append as well',
    ],
    [
      'crash=1000s',
      '--set:1:7 crash: expected an instant within the duration of the run (120s), found "1000s"',
    ],
    [
      'preemption={uniform: [2us, 1]}',
      '--set:1:28 preemption.uniform[1]: expected a duration with its unit',
    ],
    ['seed=', '--set:1:1 seed: expected a whole number from 0 to 9007199254740991, found nothing'],
    [
      'story=[',
      '--set:1:8 story: expected YAML, found text that is not (Flow sequence must end with a ])',
    ],
    ['seed=1\n---\n2', '--set:2:1 seed: expected one document, found a second one'],
    ['expect.__proto__.polluted=1', '--set:1:8 expect.__proto__: expected another name'],
  ])('%s names itself as the source', (change, complaint) => {
    const complaints = complaintsAbout(EXAMPLE, change);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]?.slice(0, complaint.length)).toBe(complaint);
  });

  it('is told after the problems of the file, in its own order', () => {
    const complaints = complaintsAbout(spoilt('120s', '120'), 'seed=x', 'crash=y');
    expect(complaints.map((line) => line.split(': ')[0])).toEqual([
      'x.yaml:3:11 duration',
      '--set:1:6 seed',
      '--set:1:7 crash',
    ]);
  });
});
