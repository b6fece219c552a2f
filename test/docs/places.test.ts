/** Links resolve and paths exist, in the documents and where the code names a document. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ROOT,
  anchorOf,
  documentAt,
  documents,
  headings,
  links,
  section,
  shellLines,
  spans,
  tableRows,
} from '../support/documents.js';

const FOLDERS = ['.ci', 'bench', 'bin', 'build', 'docs', 'examples', 'scenarios', 'src', 'test'];
const EVERY = documents();
const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
    (name) => `${folder}/${name}`,
  ),
);
const SOURCE = FILES.filter((path) => /^(src|test|build)\/.*\.(ts|mjs)$/.test(path));

/** Where a link leads to nothing; undefined: it leads somewhere. */
function dead(from: string, target: string): string | undefined {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : normalize(join(dirname(from), path));
  if (!existsSync(join(ROOT, file))) return target;
  if (anchor === undefined) return undefined;
  return headings(documentAt(file)).map(anchorOf).includes(anchor) ? undefined : target;
}

/** Paths of this repository; those of the kernel, of packages and of users' own are not. */
function isOurs(word: string): boolean {
  if (!/^[\w.*/-]+$/.test(word)) return false;
  if (FOLDERS.some((folder) => word.startsWith(`${folder}/`))) return true;
  return /\.ts$/.test(word) || (/^[^./].*\/.*\.yaml$/.test(word) && !word.startsWith('./'));
}

function exists(path: string): boolean {
  if (FOLDERS.includes(path.replace(/\/$/, ''))) return true;
  const pattern = path
    .replace(/\/$/, '')
    .replaceAll('.', '\\.')
    .replaceAll('**', '.+')
    .replaceAll(/(?<!\.)\*/g, '[^/]*');
  const there = new RegExp(`(^|/)${pattern}$`);
  return FILES.some((file) => there.test(file));
}

describe.each(EVERY)('$path', (document) => {
  it('has no dead link', () => {
    const found = links(document).map((target) => dead(document.path, target));
    expect(found.filter((target) => target !== undefined)).toEqual([]);
  });

  it('names no path that is not there', () => {
    const words = [...shellLines(document), ...spans(document)].flatMap((text) => text.split(' '));
    expect(words.filter((word) => isOurs(word) && !exists(word))).toEqual([]);
  });
});

describe('the code', () => {
  it('names documents, and sections of them, that are there', () => {
    const missing = SOURCE.filter((path) => !path.startsWith('test/docs/')).flatMap((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8').replaceAll(/\n[ \t]*(\*|\/\/) ?/g, ' ');
      return [...text.matchAll(/(docs\/[\w-]+\.md)(?:, "([^"]+)")?/g)]
        .filter(([, file = '', heading]) => {
          if (!existsSync(join(ROOT, file))) return true;
          return heading !== undefined && !headings(documentAt(file)).includes(heading);
        })
        .map(([named]) => `${path}: ${named}`);
    });
    expect(missing).toEqual([]);
  });
});

describe('the map of the README', () => {
  const rows = tableRows(section(documentAt('README.md'), 'Map of the repository'));
  const places = rows.map(([place = '']) => place.replaceAll('`', ''));

  it('has every folder of src and of the repository', () => {
    const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `src/${name}/`);
    const others = FOLDERS.filter((folder) => folder !== 'src' && folder !== '.ci');
    for (const folder of [...rooms, ...others.map((name) => `${name}/`)]) {
      expect(places).toContain(folder);
    }
  });

  it('names nothing that is not there', () => {
    expect(places.filter((place) => !existsSync(join(ROOT, place)))).toEqual([]);
    expect(places.length).toBeGreaterThan(15);
  });
});
