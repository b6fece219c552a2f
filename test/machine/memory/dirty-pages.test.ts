import { describe, expect, it } from 'vitest';
import { DirtyPages } from '../../../src/machine/memory/dirty-pages.js';
import { arena } from '../../../src/sim/arena.js';

const FILE = 1;

describe('the dirty pages of a file', () => {
  it('that lost their blocks while they were counted are a bug, and nobody looks for them for ever', () => {
    const pages = new DirtyPages(2, 64, 4, arena());
    let from = 8;
    pages.attach({ blockOf: (_, logical) => from + logical });
    pages.tag(FILE, 3);
    from = 32;
    pages.tag(FILE, 0);
    expect(() => {
      pages.untag(FILE, 0);
    }).toThrow('dirty pages of inode 1 were lost');
  });
});
