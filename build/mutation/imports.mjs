// What files import, and what that imports, all the way down. What a test of sim, media, ext2 or
// aftermath finds depends on nothing else here: none of them reads another file of this program.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './places.mjs';

export function withImports(files) {
  const all = new Set(files);
  for (const file of all) {
    for (const { fileName } of ts.preProcessFile(readFileSync(join(ROOT, file), 'utf8'))
      .importedFiles) {
      if (fileName.startsWith('.')) all.add(join(dirname(file), fileName).replace(/\.js$/, '.ts'));
    }
  }
  return [...all].sort();
}
