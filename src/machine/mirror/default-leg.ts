/** The default mirror of dm-raid1: reads and recovery take this leg as long as it has no errors. */
export const DEFAULT_LEG = 0;
