/** To a script 1 is the most urgent, to the hub 4 is. */
export function hubPriority(priority: number | null): number | null {
  return priority === null ? null : 5 - priority;
}
