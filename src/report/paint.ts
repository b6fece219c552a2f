/**
 * Colours, handed in: what reads as good, bad or unimportant is said here, how it looks is the
 * terminal's.
 */
export type Brush = (text: string) => string;

export interface Paint {
  readonly good: Brush;
  readonly bad: Brush;
  readonly warn: Brush;
  readonly dim: Brush;
  readonly strong: Brush;
}
