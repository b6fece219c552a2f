/**
 * A Slurm of one node on the loopback address: its own munged, slurmctld and slurmd, with
 * configuration, key and state in one folder of /tmp. An installed configuration is neither read
 * nor changed, and the daemons end by the ids under which they were started.
 *
 * Leaves out: accounting (slurmdbd), cgroups, a second node.
 */
import { type ChildProcess, spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const DAEMONS = ['munged', 'slurmctld', 'slurmd'] as const;
const CLIENTS = ['sbatch', 'scontrol', 'sinfo', 'squeue', 'scancel'] as const;
/** Debian keeps daemons in /usr/sbin, which is not on every PATH. */
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
const POLL_MS = 200;
const FAREWELL_MS = 5000;

type Daemon = (typeof DAEMONS)[number];
type Client = (typeof CLIENTS)[number];
type Env = Readonly<Record<string, string>>;

/** Which of the programs are not installed. */
export function missingOfSlurm(): readonly string[] {
  return [...DAEMONS, ...CLIENTS].filter(
    (program) => spawnSync('which', [program], { env: { PATH } }).status !== 0,
  );
}

export class SlurmLoopback {
  #folder = '';
  #giveUpAtMs = 0;
  readonly #running: ChildProcess[] = [];

  /** All that the cluster writes, and room for what its tasks write. */
  get folder(): string {
    return this.#folder;
  }

  /** What is not done `limitMs` after this throws, with what the daemons said. */
  async start(limitMs: number): Promise<void> {
    this.#giveUpAtMs = performance.now() + limitMs;
    this.#folder = mkdtempSync(join(tmpdir(), 'desync-slurm-'));
    await this.#startMunge();
    await this.#startNode();
  }

  /** What a client of Slurm prints; throws when it fails. */
  ask(client: Client, args: readonly string[], env: Env = {}): string {
    const { status, stdout, stderr } = this.#asked(client, args, env);
    if (status !== 0) throw this.#failed(`${client} ${args.join(' ')}`, stderr);
    return stdout.trim();
  }

  /** Waits for every task of a job, and tells how each ended: `1 COMPLETED`. */
  async finished(job: string): Promise<readonly string[]> {
    const states = ['--noheader', '--array', '--states=all', '--format=%K %T', '--job', job];
    const over = /^\d+ (COMPLETED|FAILED|CANCELLED|TIMEOUT|NODE_FAIL|OUT_OF_MEMORY|BOOT_FAIL)$/;
    let tasks: string[] = [];
    await this.#until(`job ${job} to end`, () => {
      tasks = this.ask('squeue', states).split('\n');
      return tasks.every((task) => over.test(task));
    });
    return tasks.sort();
  }

  /**
   * Cancels what still runs, so that no task outlives the test, ends what has started, removes all.
   */
  async end(): Promise<void> {
    if (this.#running.length === DAEMONS.length) {
      this.#giveUpAtMs = performance.now() + FAREWELL_MS;
      try {
        this.ask('scancel', ['--user', userInfo().username]);
        await this.#until('no task to run', () => this.ask('squeue', ['--noheader']) === '');
      } catch (problem) {
        process.stderr.write(`${String(problem)}\n`);
      }
    }
    for (const daemon of this.#running.toReversed()) await ended(daemon);
    rmSync(this.#folder, { recursive: true });
  }

  async #startMunge(): Promise<void> {
    // It refuses a socket that not everybody may reach.
    chmodSync(this.#folder, 0o755);
    const at = (name: string): string => join(this.#folder, name);
    writeFileSync(at('munge.key'), randomBytes(128), { mode: 0o600 });
    const key = [`--key-file=${at('munge.key')}`, `--seed-file=${at('munged.seed')}`];
    const here = [`--socket=${at('munge.socket')}`, `--pid-file=${at('munged.pid')}`];
    this.#start('munged', ['--foreground', ...key, ...here]);
    await this.#until('munged to listen', () => existsSync(at('munge.socket')));
  }

  async #startNode(): Promise<void> {
    const [controller, node] = [await freePort(), await freePort()];
    for (const name of ['state', 'spool']) mkdirSync(join(this.#folder, name));
    const file = join(this.#folder, 'slurm.conf');
    writeFileSync(file, configuration(this.#folder, controller, node));
    this.#start('slurmctld', ['-D', '-i', '-f', file]);
    this.#start('slurmd', ['-D', '-N', 'loopback', '-f', file]);
    // The controller does not answer at once.
    const states = ['--noheader', '--format=%T'];
    await this.#until('the node to be idle', () => {
      return this.#asked('sinfo', states).stdout.trim() === 'idle';
    });
  }

  #asked(client: Client, args: readonly string[], env: Env = {}): SpawnSyncReturns<string> {
    return spawnSync(client, args, {
      encoding: 'utf8',
      env: { PATH, HOME: this.#folder, SLURM_CONF: join(this.#folder, 'slurm.conf'), ...env },
      timeout: Math.max(1, Math.ceil(this.#giveUpAtMs - performance.now())),
    });
  }

  #start(daemon: Daemon, args: readonly string[]): void {
    const log = openSync(join(this.#folder, `${daemon}.out`), 'a');
    const env = { PATH, HOME: this.#folder };
    this.#running.push(spawn(daemon, args, { env, stdio: ['ignore', log, log] }));
    closeSync(log);
  }

  async #until(what: string, holds: () => boolean): Promise<void> {
    while (!holds()) {
      const dead = this.#running.some(
        ({ exitCode, signalCode }) => (exitCode ?? signalCode) !== null,
      );
      if (dead || performance.now() > this.#giveUpAtMs) throw this.#failed(what, '');
      await sleep(POLL_MS);
    }
  }

  #failed(what: string, why: string): Error {
    const said = DAEMONS.map((daemon) => {
      const file = join(this.#folder, `${daemon}.out`);
      return `--- ${daemon}\n${existsSync(file) ? readFileSync(file, 'utf8').slice(-1500) : ''}`;
    });
    return new Error([`Slurm on loopback: ${what}`, why, ...said].join('\n'));
  }
}

function configuration(folder: string, controller: number, node: number): string {
  const user = userInfo().username;
  // Slurm knows a machine by the short form of its name.
  const [machine] = hostname().split('.');
  return `ClusterName=loopback
SlurmctldHost=${machine}(127.0.0.1)
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=${user}
SlurmdUser=${user}
# No id of a job is the number of a task.
FirstJobId=100
# A requeued task waits as long as a credential lasts, 120 s unless told.
AuthInfo=socket=${folder}/munge.socket,cred_expire=10
# It is also looked for only now and then.
SchedulerParameters=sched_interval=1,bf_interval=1
SlurmctldPort=${controller}
SlurmdPort=${node}
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
MpiDefault=none
NodeName=loopback NodeHostname=${machine} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=loopback Default=YES State=UP
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function ended(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  const gone = once(daemon, 'exit');
  daemon.kill('SIGTERM');
  const stuck = setTimeout(() => daemon.kill('SIGKILL'), FAREWELL_MS);
  await gone;
  clearTimeout(stuck);
}
