/**
 * How many times more than usual the random tests try: `DESYNC_CAMPAIGN=100 npx vitest run
 * test/laws`.
 */
export const CAMPAIGN = Number(process.env['DESYNC_CAMPAIGN'] ?? 1);

/** Milliseconds that a random test may take. */
export const PATIENCE = 20_000 * CAMPAIGN;
