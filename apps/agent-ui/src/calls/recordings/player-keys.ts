const stepSeconds = 5;
const speeds = [1, 1.25, 1.5, 2, 0.75] as const;

/** How far a key goes in a recording, in seconds; 0 for any other key. */
export function stepOf(key: string): number {
  const forward = key === 'ArrowRight' || key === 'ArrowUp';
  const back = key === 'ArrowLeft' || key === 'ArrowDown';
  return forward ? stepSeconds : back ? -stepSeconds : 0;
}

/** The speed after this one, round and round. */
export function nextSpeed(speed: number): number {
  const place = speeds.findIndex((one) => one === speed);
  return speeds[(place + 1) % speeds.length] ?? 1;
}
