/** What an administrator does after the crash, as data. */

export type AftermathStep =
  | { readonly do: 'fsck' }
  /** The leg's number; the next leg in order becomes the default one if the default one goes. */
  | { readonly do: 'remove'; readonly leg: number }
  | { readonly do: 'remount' }
  | { readonly do: 'create'; readonly path: string }
  | { readonly do: 'append'; readonly path: string; readonly bytes: number }
  | { readonly do: 'unlink'; readonly path: string }
  | { readonly do: 'read'; readonly path: string };

export const HARM_KINDS = [
  'block-used-twice',
  'block-lost',
  'wrong-data',
  'differs-by-leg',
  'file-lost',
] as const;
/** What a reader suffers. */
export type HarmKind = (typeof HARM_KINDS)[number];
