/** CRC-32C (Castagnoli), reflected, as lib/crc32c computes it: what DRBD signs its log with. */

const POLYNOMIAL = 0x82f63b78;
const TABLE = table();

/** Of bytes [from, end); like the kernel's `crc32c(seed, ...)`, without inversions of its own. */
export function crc32c(seed: number, bytes: Uint8Array, from = 0, end = bytes.length): number {
  let crc = seed;
  for (let at = from; at < end; at++) crc = TABLE[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  return crc >>> 0;
}

function table(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
    return crc;
  });
}
