/** Hours that clocks showed twice, in autumn, by the names of their rows: which of the two each is. */
export function twiceTold(keys: readonly string[]): ReadonlyMap<string, 'first' | 'again'> {
  const byClock = Map.groupBy(keys, (key) => key.slice(0, 'yyyy-mm-ddThh:mm'.length));
  const told = [...byClock.values()].filter(({ length }) => length > 1);
  return new Map(
    told.flatMap((same) =>
      same
        .toSorted((a, b) => Date.parse(a) - Date.parse(b))
        .map((key, index) => [key, index === 0 ? 'first' : 'again'] as const),
    ),
  );
}
