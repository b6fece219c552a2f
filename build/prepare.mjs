// Builds what an install is to run. The first `npx desync` in a clone links the clone into npm's own
// cache, which prepares it once more: what is built is left as it is then.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const isBuilt = existsSync(new URL('../dist/cli/main.js', import.meta.url));
if (!isBuilt || process.env.npm_command !== 'exec') {
  const { status } = spawnSync('npm run build', { stdio: 'inherit', shell: true });
  process.exitCode = status ?? 1;
}
