/**
 * A document as read: maps, lists and scalars, each with its place. Problems are found in the plain
 * value and told by the tree; changes are made to the tree, so that what they bring keeps a place
 * of its own.
 */
import type { Path } from './path.js';
import type { Place } from './source.js';
import { quoted, shortened, visible } from './visible.js';

export type Tree = ScalarTree | ListTree | MapTree;

export interface ScalarTree {
  readonly kind: 'scalar';
  /**
   * Rounded beyond 2^53, which every range ends below; a number that is not written in digits is
   * NaN.
   */
  readonly value: string | number | boolean | null;
  /** As written. */
  readonly text: string;
  readonly place: Place;
}

export interface ListTree {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly place: Place;
}

export interface MapTree {
  readonly kind: 'map';
  /** By key, in the order of the text. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly place: Place;
}

export interface Entry {
  readonly keyPlace: Place;
  readonly value: Tree;
}

/** What a schema checks. Keys are own properties, whatever their names. */
export function plain(tree: Tree): unknown {
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'list':
      return tree.items.map(plain);
    case 'map':
      return Object.fromEntries([...tree.entries].map(([key, entry]) => [key, plain(entry.value)]));
  }
}

/** How many values it has, each counted as often as it is used. */
export function countValues(tree: Tree): number {
  switch (tree.kind) {
    case 'scalar':
      return 1;
    case 'list':
      return tree.items.reduce((sum, item) => sum + countValues(item), 1);
    case 'map':
      return [...tree.entries.values()].reduce((sum, { value }) => sum + countValues(value), 1);
  }
}

/** Where a problem at a path is to be shown, and what is found there. */
export interface Spot {
  readonly place: Place;
  readonly found: string;
}

/**
 * Something that is missing is shown at its parent: at the key that holds the parent, or where the
 * parent begins.
 */
export function spotOf(root: Tree, path: Path): Spot {
  let tree = root;
  let holder = root.place;
  for (const name of path) {
    const entry = entryOf(tree, name);
    if (entry === undefined) return { place: holder, found: 'nothing' };
    tree = entry.value;
    holder = entry.keyPlace ?? tree.place;
  }
  const found = describe(tree);
  return { place: found === 'nothing' ? holder : tree.place, found };
}

/** The key at the end of a path. */
export function keySpotOf(root: Tree, path: Path): Spot {
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<Tree | undefined>(childOf, root);
  const entry = parent === undefined || last === undefined ? undefined : entryOf(parent, last);
  if (entry?.keyPlace === undefined) return spotOf(root, path);
  return { place: entry.keyPlace, found: quoted(String(last)) };
}

export function describe(tree: Tree): string {
  switch (tree.kind) {
    case 'scalar':
      if (tree.value === null) return 'nothing';
      return typeof tree.value === 'string' ? quoted(tree.value) : visible(tree.text);
    case 'list':
      return tree.items.length === 0 ? 'an empty list' : `a list of ${tree.items.length}`;
    case 'map':
      return describeMap([...tree.entries.keys()]);
  }
}

const KEYS_SHOWN = 4;

function describeMap(keys: readonly string[]): string {
  if (keys.length === 0) return 'an empty map';
  const shown = keys.slice(0, KEYS_SHOWN).map((key) => visible(shortened(key, 20)));
  return `a map of ${shown.join(', ')}${keys.length > KEYS_SHOWN ? ', …' : ''}`;
}

function childOf(tree: Tree | undefined, name: string | number): Tree | undefined {
  return tree === undefined ? undefined : entryOf(tree, name)?.value;
}

function entryOf(
  tree: Tree,
  name: string | number,
): { readonly value: Tree; readonly keyPlace: Place | undefined } | undefined {
  if (tree.kind === 'map') return tree.entries.get(String(name));
  if (tree.kind === 'scalar' || typeof name !== 'number') return undefined;
  const value = tree.items[name];
  return value === undefined ? undefined : { value, keyPlace: undefined };
}
