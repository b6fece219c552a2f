// The program, which does not wait for ten seconds until it gives up code of a user's.
import { shipped } from '../../dist/cli/laboratory.js';
import { main } from '../../dist/cli/main.js';

await main(process.argv.slice(2), { ...shipped, patienceMs: 1500 });
