/** `desync doctor`: does a run repeat here, and if not, which event is the first that differs? */
import { fileURLToPath } from 'node:url';
import { MODEL_VERSION } from '../lab/model-version.js';
import { doctorJson } from '../report/doctor-json.js';
import { doctorText } from '../report/doctor-text.js';
import { envelope, jsonText } from '../report/run-json.js';
import { exitCodeOf } from '../report/verdict.js';
import type { Given } from './given.js';
import { askedRun } from './one-run.js';
import { attempted } from './refused.js';
import { repeatOf, type Session } from './session.js';

/** What is examined where no file is named. */
const OWN = fileURLToPath(new URL('../../scenarios/ext2-bitmap.yaml', import.meta.url));

export async function doctor(given: Given, session: Session): Promise<number> {
  const { out, version } = session;
  const { file, strategy, seed } = await askedRun(given, session, OWN);
  const searches = await session.rooms.searches();
  session.interrupts.leave();
  const repeat = repeatOf(session);
  const found = attempted(() => searches.diagnose(file.scenario, strategy, seed), repeat);
  const verdict = found.difference === undefined ? 'PASS-BOUNDED' : 'NONDETERMINISTIC';
  const on = { version, modelVersion: MODEL_VERSION, engine: engine() };
  if (given.flag('json')) {
    const head = envelope('doctor', version, verdict, repeat);
    out.write(jsonText({ ...head, problems: [], ...doctorJson(found, on) }));
  } else {
    out.write(doctorText(found, on, repeat, out.view));
  }
  return exitCodeOf(verdict);
}

function engine(): string {
  const { bun, node, v8 } = process.versions;
  const { platform, arch } = process;
  const name = bun === undefined ? `Node ${node} (V8 ${v8})` : `Bun ${bun}`;
  return `${name}, ${platform} ${arch}`;
}
