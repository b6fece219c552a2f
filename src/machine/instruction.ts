/** What a program of an application is made of, once it is flattened. */
import type { LatencyModel } from '../media/latency.js';
import type { Instant } from '../sim/time.js';

/** One instruction; `file` is an inode slot. */
export type Instruction =
  | { readonly op: 'create'; readonly file: number; readonly path: string }
  | { readonly op: 'append'; readonly file: number; readonly path: string; readonly bytes: number }
  | {
      readonly op: 'overwrite' | 'store' | 'direct' | 'scribble';
      readonly file: number;
      readonly path: string;
      readonly offset: number;
      readonly bytes: number;
    }
  | { readonly op: 'unlink'; readonly file: number; readonly path: string }
  | { readonly op: 'fsync'; readonly file: number; readonly path: string }
  | { readonly op: 'sync' }
  | { readonly op: 'use' | 'release'; readonly bytes: number }
  | { readonly op: 'sleep'; readonly for: LatencyModel }
  /** Sleeps until that instant; goes on at once where it has passed. */
  | { readonly op: 'at'; readonly at: Instant }
  /** Goes back to `to` until it was passed `times` times; for ever where that is undefined. */
  | {
      readonly op: 'loop';
      readonly to: number;
      readonly times: number | undefined;
      readonly counter: number;
    };

/** What is a system call, or as long as one. */
export type Call = Exclude<Instruction, { readonly op: 'sleep' | 'at' | 'loop' }>;
