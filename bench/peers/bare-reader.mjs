// What `desync run` stands beside: bare node with the libraries that read a scenario.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseDocument } from 'yaml';
import yargs from 'yargs';
import { z } from 'zod';

const { _: files } = await yargs(process.argv.slice(2)).locale('en').parseAsync();
const text = readFileSync(String(files[0]), 'utf8');
const read = z.looseObject({ story: z.string() }).parse(parseDocument(text).toJS());
process.stdout.write(`${read.story}\n`);
