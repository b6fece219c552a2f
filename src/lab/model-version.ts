/**
 * The version of the model: results of different versions are never put together.
 *
 * The rule: it goes up by one with every change after which some fingerprint, outcome, verdict or
 * price of some scenario, strategy and seed may come out otherwise. A change that only makes the
 * same results faster, or tells them in other words, leaves it alone.
 */
export const MODEL_VERSION = 15;
