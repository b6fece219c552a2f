/** Changes to a document before it is checked: `--set path=value`. */
import { nearest } from './nearest.js';
import { formatPath, parsePath, type Change, type Segment } from './path.js';
import type { Fault } from './problem.js';
import { Source, type Place } from './source.js';
import { describe, type ListTree, type MapTree, type Tree } from './tree.js';
import { quoted } from './visible.js';
import { readTree, type ReadTree } from './yaml-tree.js';

/** Each change is made to what the ones before it left; one that cannot be made leaves a fault. */
export function changed(
  root: Tree,
  changes: readonly Change[],
): ReadTree & { readonly tree: Tree } {
  let tree = root;
  const faults: Fault[] = [];
  for (const [i, change] of changes.entries()) {
    const begin = change.path.length + 1;
    const source = new Source('--set', `${change.path}=${change.value}`, i + 1, begin);
    const segments = parsePath(change.path);
    if (typeof segments === 'string') {
      const expected = 'a path such as mirror.legs[1].latency';
      const place = source.place(0, change.path.length);
      faults.push({ place, path: '', expected, found: quoted(change.path) });
      continue;
    }
    const names = segments.map((segment) => segment.name);
    const value = readTree(source, names);
    faults.push(...value.faults);
    if (value.tree === undefined) continue;
    const outcome = new Setting(source, segments, value.tree).into(tree, 0);
    if (outcome.ok) tree = outcome.tree;
    else faults.push(outcome.fault);
  }
  return { tree, faults };
}

type Outcome =
  { readonly ok: true; readonly tree: Tree } | { readonly ok: false; readonly fault: Fault };

/** Puts one value at one path of a tree, which stays as it was. */
class Setting {
  readonly #source: Source;
  readonly #segments: readonly Segment[];
  readonly #value: Tree;

  constructor(source: Source, segments: readonly Segment[], value: Tree) {
    this.#source = source;
    this.#segments = segments;
    this.#value = value;
  }

  /** `siblings` are the keys beside the one that leads to `tree`. */
  into(tree: Tree | undefined, depth: number, siblings: readonly string[] = []): Outcome {
    const segment = this.#segments[depth];
    if (segment === undefined) return { ok: true, tree: this.#value };
    const place = this.#source.place(segment.from, segment.to);
    const { name } = segment;
    if (tree?.kind === 'list') return this.#intoList(tree, name, depth, place);
    if (typeof name === 'number') return this.#refuse(tree, depth, 'a list', siblings);
    if (tree?.kind === 'map') return this.#intoMap(tree, name, depth, place);
    if (tree === undefined || describe(tree) === 'nothing') {
      return this.#intoMap({ kind: 'map', entries: new Map(), place }, name, depth, place);
    }
    return this.#refuse(tree, depth, 'a map', siblings);
  }

  #intoMap(map: MapTree, key: string, depth: number, place: Place): Outcome {
    if (key === '__proto__') {
      return { ok: false, fault: this.#fault(place, depth + 1, 'another name', quoted(key)) };
    }
    const old = map.entries.get(key);
    const inner = this.into(old?.value, depth + 1, [...map.entries.keys()]);
    if (!inner.ok) return inner;
    const last = depth === this.#segments.length - 1;
    const keyPlace = old === undefined || last ? place : old.keyPlace;
    const entries = new Map(map.entries).set(key, { keyPlace, value: inner.tree });
    return { ok: true, tree: { ...map, entries } };
  }

  /** An item is named as in `legs[0]` or as in `legs.0`. */
  #intoList(list: ListTree, name: string | number, depth: number, place: Place): Outcome {
    const isIndex = typeof name === 'number' || /^\d{1,9}$/.test(name);
    const index = isIndex ? Number(name) : NaN;
    const old = list.items[index];
    if (old === undefined) {
      const expected = `an index below ${list.items.length}`;
      const found = isIndex ? `${index}` : quoted(name);
      return { ok: false, fault: this.#fault(place, depth + 1, expected, found) };
    }
    const inner = this.into(old, depth + 1);
    if (!inner.ok) return inner;
    const items = list.items.with(index, inner.tree);
    return { ok: true, tree: { ...list, items } };
  }

  /** The value at the path so far is not what the next segment needs. */
  #refuse(
    tree: Tree | undefined,
    depth: number,
    expected: string,
    siblings: readonly string[],
  ): Outcome {
    const segment = this.#segments[Math.max(0, depth - 1)];
    const place = this.#source.place(segment?.from ?? 0, segment?.to ?? 0);
    const found = tree === undefined ? 'nothing' : describe(tree);
    const fault = this.#fault(place, depth, expected, found);
    if (tree !== undefined) return { ok: false, fault };
    return { ok: false, fault: { ...fault, hint: nearest(`${segment?.name}`, siblings) } };
  }

  #fault(place: Place, depth: number, expected: string, found: string): Fault {
    const path = formatPath(this.#segments.slice(0, depth).map((segment) => segment.name));
    return { place, path, expected, found };
  }
}
