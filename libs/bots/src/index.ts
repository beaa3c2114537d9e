/**
 * Bots: scripts for chat and phone, run by a pure engine. Knows channels, never tickets.
 */
export {};
