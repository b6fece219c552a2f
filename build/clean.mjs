// Removes what an earlier build left, so that a source that is gone leaves nothing behind in dist/.
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
