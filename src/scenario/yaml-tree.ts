/**
 * A YAML document into a tree: aliases are followed and counted, keys are texts, numbers are what
 * their digits say.
 *
 * Nothing in a scenario takes a fraction, so only digits make a number: `9007199254740991.4` would
 * round to a seed.
 */
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, type Scalar } from 'yaml';
import { formatPath, type Path } from './path.js';
import type { Fault } from './problem.js';
import type { Place, Source } from './source.js';
import {
  countValues,
  describe,
  type Entry,
  type ListTree,
  type MapTree,
  type ScalarTree,
  type Tree,
} from './tree.js';
import { quoted } from './visible.js';
import { readSyntax } from './yaml-syntax.js';

/** Values that a text may come to when its aliases are followed. */
export const MOST_VALUES = 50_000;

/** A tree may come with faults; without one there is nothing to check. */
export interface ReadTree {
  readonly tree: Tree | undefined;
  readonly faults: readonly Fault[];
}

/** `path` is where the text stands in the scenario. */
export function readTree(source: Source, path: Path = []): ReadTree {
  const syntax = readSyntax(source, formatPath(path));
  if (!syntax.ok) return { tree: undefined, faults: syntax.faults };
  const reader = new Reader(source);
  const tree = reader.read(syntax.document?.contents, path, source.placeInYaml(0, 0));
  return { tree: reader.complete ? tree : undefined, faults: reader.faults };
}

class Reader {
  readonly faults: Fault[] = [];
  /** False once an alias could not be followed. */
  complete = true;
  readonly #source: Source;
  readonly #anchors = new Map<string, Tree>();
  #values = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  /** `otherwise` is the place of a node that has none: an empty value. */
  read(node: unknown, path: Path, otherwise: Place): Tree {
    const place = this.#placeOf(node, otherwise);
    if (isAlias(node)) return this.#followed(node.source, path, place);
    this.#count(1, path, place);
    const tree = this.#treeOf(node, path, place);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, tree);
    return tree;
  }

  #treeOf(node: unknown, path: Path, place: Place): Tree {
    if (isMap(node)) return this.#map(node.items, path, place);
    if (isSeq(node)) return this.#list(node.items, path, place);
    return isScalar(node) ? scalar(node, place) : nothing(place);
  }

  #list(items: readonly unknown[], path: Path, place: Place): ListTree {
    const trees = items.map((item, i) => this.read(item, [...path, i], place));
    return { kind: 'list', items: trees, place };
  }

  #map(pairs: readonly unknown[], path: Path, place: Place): MapTree {
    const entries = new Map<string, Entry>();
    for (const pair of pairs) {
      if (!isPair(pair)) continue;
      const keyPlace = this.#placeOf(pair.key, place);
      const key = keyText(pair.key);
      const value = this.read(pair.value, [...path, key ?? '?'], keyPlace);
      if (key === undefined) {
        const found = isAlias(pair.key)
          ? quoted(`*${pair.key.source}`)
          : describe(this.#treeOf(pair.key, path, keyPlace));
        this.#refuse(keyPlace, path, 'a key of plain text', found);
      } else if (entries.has(key)) {
        this.#refuse(keyPlace, [...path, key], 'each key once', `${quoted(key)} again`);
      } else if (key === '__proto__') {
        this.#refuse(keyPlace, [...path, key], 'another name', quoted(key));
      } else {
        entries.set(key, { keyPlace, value });
      }
    }
    return { kind: 'map', entries, place };
  }

  /** An anchor is known once its value has ended, so that nothing can hold itself. */
  #followed(anchor: string, path: Path, place: Place): Tree {
    if (!this.complete) return nothing(place);
    const tree = this.#anchors.get(anchor);
    if (tree === undefined) {
      this.#give(place, path, 'an alias of a value before it', quoted(`*${anchor}`));
      return nothing(place);
    }
    this.#count(countValues(tree), path, place);
    return tree;
  }

  #count(values: number, path: Path, place: Place): void {
    this.#values += values;
    if (this.#values <= MOST_VALUES || !this.complete) return;
    this.#give(place, path, `at most ${MOST_VALUES} values with all aliases followed`, 'more');
  }

  /** Refuses and gives up: what is read after this would be guessed. */
  #give(place: Place, path: Path, expected: string, found: string): void {
    if (this.complete) this.#refuse(place, path, expected, found);
    this.complete = false;
  }

  #refuse(place: Place, path: Path, expected: string, found: string): void {
    this.faults.push({ place, path: formatPath(path), expected, found });
  }

  #placeOf(node: unknown, otherwise: Place): Place {
    const range = isNode(node) ? node.range : undefined;
    return range ? this.#source.placeInYaml(range[0], range[1]) : otherwise;
  }
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return key === null ? '' : undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? '');
}

function scalar(node: Scalar, place: Place): ScalarTree {
  const { value } = node;
  const text = node.source ?? '';
  if (typeof value === 'bigint') return { kind: 'scalar', value: Number(value), text, place };
  if (typeof value === 'number') return { kind: 'scalar', value: Number.NaN, text, place };
  if (typeof value === 'string' || typeof value === 'boolean') {
    return { kind: 'scalar', value, text, place };
  }
  return nothing(place);
}

function nothing(place: Place): ScalarTree {
  return { kind: 'scalar', value: null, text: '', place };
}
