export function build(): void;
/** Whether a source is newer than what was built. */
export function isStale(): boolean;
