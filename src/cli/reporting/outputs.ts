/** The reporters of one command, each with the place to which it writes. */
import { reporterNamed, type ReporterName } from '../../report/reporters/by-name.js';
import type {
  About,
  Reporter,
  Results,
  Trouble,
  UnexpectedFailure,
} from '../../report/reporters/reporter.js';
import type { Piece } from '../../report/tally.js';
import type { View } from '../../report/view.js';
import { shown } from '../given.js';
import { Refused } from '../refused.js';
import type { Session } from '../session.js';
import { screen } from '../terminal.js';
import { JobSummary } from './job-summary.js';
import { ReportFile } from './report-file.js';
import type { WantedReporter } from './wanted.js';

interface Sink {
  write(text: string): void;
  /** Files that it may not replace. */
  spare(inputs: readonly string[]): void;
  /** Whether it would replace one of them that is there. */
  wouldReplace(inputs: readonly string[]): boolean;
  /** All was written. */
  end(): void;
  /** It never will be. */
  abandon(): void;
}

interface Output {
  readonly name: ReporterName;
  readonly view: View;
  readonly sink: Sink;
  readonly isScreen: boolean;
  reporter: Reporter | undefined;
  isOver: boolean;
}

type ShrunkFailures = () => Promise<readonly UnexpectedFailure[]>;

export class Outputs {
  readonly #outputs: readonly Output[];
  readonly #version: string;
  readonly #heard: string[] = [];
  #command: About['command'];

  constructor(outputs: readonly Output[], command: About['command'], version: string) {
    // What is in files is whole before somebody who reads the rest may stop reading.
    this.#outputs = [...outputs].sort((a, b) => Number(a.isScreen) - Number(b.isScreen));
    this.#command = command;
    this.#version = version;
  }

  /** `inputs`: files of the command that no report may replace. Throws Refused. */
  static opened(
    wanted: readonly WantedReporter[],
    command: About['command'],
    inputs: readonly string[],
    session: Session,
  ): Outputs {
    const places = new Set<string>();
    const outputs = wanted.map(({ name, to }): Output => {
      const about = { name, reporter: undefined, isOver: false };
      const plain = screen({ write: () => true }, {}, false).view;
      if (to.kind === 'file') {
        const sink = new ReportFile(to.file, inputs);
        if (places.has(sink.place)) {
          throw new Refused(`two reporters cannot both write ${shown(to.file)}`);
        }
        places.add(sink.place);
        return { ...about, sink, view: plain, isScreen: false };
      }
      if (to.kind === 'summary') {
        const sink = new JobSummary(to.file, session.err);
        return { ...about, sink, view: plain, isScreen: false };
      }
      const shownOn = to.kind === 'stdout' ? session.out : session.err;
      const sink: Sink = {
        write: (text) => (name === 'github' ? shownOn.writeAsIs(text) : shownOn.write(text)),
        spare: () => undefined,
        wouldReplace: () => false,
        end: () => undefined,
        abandon: () => undefined,
      };
      return { ...about, sink, view: shownOn.view, isScreen: true };
    });
    return new Outputs(outputs, command, session.version);
  }

  /** Files that may be the command's: what is refused is told over none of them. */
  readonly hear = (paths: readonly string[]): void => {
    this.#heard.push(...paths);
  };

  /** More files of the command that no report may replace. Throws Refused. */
  spare(inputs: readonly string[]): void {
    for (const { sink } of this.#outputs) sink.spare(inputs);
  }

  /** Whether one of them tells each run, however many there are. */
  get needsEach(): boolean {
    return this.#outputs.some(({ name }) => name === 'jsonl');
  }

  /** The one that there is, where it writes to standard output and may tell of a part. */
  get onlyOnScreen(): 'default' | 'json' | undefined {
    const [one, ...others] = this.#outputs;
    if (one === undefined || others.length > 0 || !one.isScreen) return undefined;
    return one.name === 'default' || one.name === 'json' ? one.name : undefined;
  }

  begin(about: Pick<About, 'command' | 'inFull' | 'keepsRuns'>): void {
    this.#command = about.command;
    for (const output of this.#outputs) {
      const { name, view } = output;
      output.reporter = reporterNamed(name, { ...about, view, version: this.#version });
    }
  }

  runs(piece: Piece): void {
    for (const { reporter, sink } of this.#outputs) {
      for (const text of reporter?.runs(piece) ?? []) sink.write(text);
    }
  }

  /** `shrunk`: asked when all is told that does not wait for it, if anybody waits. */
  async end(results: Results, shrunk: ShrunkFailures = () => Promise.resolve([])): Promise<void> {
    const waiting = this.#outputs.filter((output) => {
      const { reporter, sink } = output;
      if (reporter === undefined) throw new Error('no reporter was begun');
      for (const text of reporter.end(results)) sink.write(text);
      const waits = reporter.shrunk !== undefined;
      if (!waits) close(output);
      return waits;
    });
    const failures = waiting.length > 0 ? await shrunk() : [];
    for (const output of waiting) {
      for (const text of output.reporter?.shrunk?.(failures) ?? []) output.sink.write(text);
      close(output);
    }
  }

  /** Where it was not told how it ended, that it did not. */
  refused(trouble: Trouble): void {
    for (const output of this.#outputs) {
      if (output.isOver) continue;
      output.isOver = true;
      const { name, view, sink } = output;
      if (sink.wouldReplace(this.#heard)) {
        sink.abandon();
        continue;
      }
      const about = { view, version: this.#version, command: this.#command };
      const reporter =
        output.reporter ?? reporterNamed(name, { ...about, inFull: false, keepsRuns: true });
      try {
        for (const text of reporter.refused(trouble)) sink.write(text);
        sink.end();
      } catch (error) {
        // It is why there is trouble, or one more reason why: that one is told already.
        if (!(error instanceof Refused)) throw error;
        sink.abandon();
      }
    }
  }
}

function close(output: Output): void {
  output.sink.end();
  output.isOver = true;
}
