/**
 * How long a lost line waits before it tries again, in milliseconds, each time longer and never all visitors at once. The longest is
 * short enough that after a break of a few seconds everybody is back within ten.
 */
export const reconnectPauses = { reconnectionDelay: 1_000, reconnectionDelayMax: 3_000, randomizationFactor: 0.5 };
