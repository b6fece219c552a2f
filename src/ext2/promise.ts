/**
 * What fsync promised about one file: its witness is the application, so it survives every crash.
 */

/** In place of a value: the sector was written again since, so old and new are both right. */
export const NOT_PROMISED = -1;

export interface FsyncPromise {
  readonly path: string;
  /**
   * fsync of ext2 does not write the directory: after a crash the file may have lost its name,
   * never its inode.
   */
  readonly ino: number;
  /** The file has at least this many bytes. */
  readonly size: number;
  /** The value of each sector of the file, or NOT_PROMISED. */
  readonly sectors: Int32Array;
}
