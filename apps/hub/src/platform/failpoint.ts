/**
 * A named place where a chaos run may kill the process. In production this does nothing and plans are never read:
 * `#failpoint` resolves to armed-failpoint only under the condition `chaos`.
 */
export function failpoint(_name: string): void {}
