// What `desync --help` stands beside: bare node and yargs, one command, its options, its help.
import yargs from 'yargs';

await yargs(process.argv.slice(2))
  .scriptName('bare')
  .locale('en')
  .version('0.0.0')
  .help()
  .command('run <files..>', 'Run', (inner) => inner.options({ seed: { type: 'string' } }))
  .demandCommand(1)
  .strict()
  .parseAsync();
