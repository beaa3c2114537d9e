const reasons = ['script', 'asked', 'misses', 'limit', 'ping_pong', 'broken', 'agent', 'held', 'elsewhere'] as const;

/** The text that says why people have what a bot had: whatever else it was, the customer could not be written to. */
export function reasonKey(reason: unknown): `bot.reason.${(typeof reasons)[number] | 'other'}` {
  return `bot.reason.${reasons.find((one) => one === reason) ?? 'other'}`;
}
