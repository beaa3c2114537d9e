/** Messages in the order of a timeline, which no two share an instant of: one that says the same instant as another comes just behind it. */
export function inOrder<Said extends { at: Date }>(said: readonly Said[], after: Date | null): Said[] {
  let last = after?.getTime() ?? -Infinity;
  return said
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((one) => {
      last = Math.max(one.at.getTime(), last + 1);
      return { ...one, at: new Date(last) };
    });
}
