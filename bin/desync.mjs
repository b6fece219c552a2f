#!/usr/bin/env node
// A file that is checked in and executable, so that `npx desync` survives a rebuild of dist/.
import { existsSync } from 'node:fs';

const program = new URL('../dist/cli/main.js', import.meta.url);

if (existsSync(program)) {
  const { main } = await import(program.href);
  await main(process.argv.slice(2));
} else {
  process.stderr.write('desync: it has not been built: dist/ is missing. Run: npm run build\n');
  process.exitCode = 3;
}
