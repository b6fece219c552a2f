/** What a leg asks of the machine that it is plugged into. */
export interface LegHost {
  /** Memory, one value a sector of the mirror. */
  readonly memory: Int32Array;
  /** Private copies of requests that have one. */
  readonly copies: Int32Array;
  /** All devices take in what landed until now. */
  settle(): void;
  /** A sector of the leg became durable; it held `was` before. */
  landed(leg: number, sector: number, was: number, at: number): void;
  /** The leg has taken a request into service. */
  begun(leg: number, request: number): void;
  /** The last sector of the request is durable, or was read. */
  served(leg: number, request: number): void;
}
