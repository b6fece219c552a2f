// The program over toy rooms whose runs come out as their seed says: every exit code can be had.
import { main } from '../../dist/cli/main.js';
import { rooms } from './toy-rooms.mjs';

await main(process.argv.slice(2), rooms);
