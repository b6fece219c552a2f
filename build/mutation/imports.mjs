// What files import, and what that imports, all the way down. What a test of sim, media, ext2 or
// aftermath finds depends on nothing else here, as long as none of them looks for files by itself.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './places.mjs';

const BY_ITSELF = /import\.meta|\bcwd\(|__dirname|\bimport\((?!['"])/;

export function withImports(files) {
  const all = new Set(files);
  for (const file of all) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    if (BY_ITSELF.test(text)) throw new Error(`${file} depends on more than it imports`);
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith('.')) all.add(join(dirname(file), fileName).replace(/\.js$/, '.ts'));
    }
  }
  return [...all].sort();
}
