/**
 * Requests that wait, first in first out; linked through the table, so that they can be rewound
 * with it.
 */
import { NO_REQUEST, type Requests } from '../../media/requests.js';
import type { Bank } from '../../sim/arena.js';

const HEAD = 0;
const TAIL = 1;

export class RequestList {
  readonly #requests: Requests;
  readonly #ends: Int32Array;

  constructor(requests: Requests, state: Bank) {
    this.#requests = requests;
    this.#ends = state.i32(2);
  }

  /** NO_REQUEST when the list is empty. */
  get first(): number {
    return this.#ends[HEAD]!;
  }

  append(request: number): void {
    const tail = this.#ends[TAIL]!;
    if (tail === NO_REQUEST) this.#ends[HEAD] = request;
    else this.#requests.next[tail] = request;
    this.#ends[TAIL] = request;
  }

  takeFirst(): number {
    const first = this.first;
    this.#ends[HEAD] = this.#requests.next[first]!;
    this.#requests.next[first] = NO_REQUEST;
    if (this.#ends[HEAD] === NO_REQUEST) this.#ends[TAIL] = NO_REQUEST;
    return first;
  }

  /** Takes over all of another list, behind its own. */
  takeAll(other: RequestList): void {
    while (other.first !== NO_REQUEST) this.append(other.takeFirst());
  }
}
