/** What is said of a message by a mark, the gravest first. */
export const toldFlags = [
  'simulated',
  'forged',
  'unverified',
  'spam',
  'complaint',
  'bounce',
  'possibly_related',
  'oversized',
  'malformed',
  'out_of_office',
  'newsletter',
  'automatic',
] as const;

export type ToldFlag = (typeof toldFlags)[number];

/** Kinds of automatic mail: who reads one of these knows that nobody wrote it. */
const automaticKinds: readonly string[] = ['out_of_office', 'newsletter', 'bounce', 'complaint'];

/** Mail systems sign what they report no more than forgers do, and a forger is worse than unknown. */
const saidMoreExactly: readonly string[] = ['forged', 'bounce', 'complaint'];

/** The marks of a message: those that are known here, without the ones that another says more exactly. */
export function marksOf(flags: readonly string[]): ToldFlag[] {
  const isMoreExact = flags.some((flag) => automaticKinds.includes(flag));
  return toldFlags.filter(
    (flag) =>
      flags.includes(flag) &&
      !(flag === 'automatic' && isMoreExact) &&
      !(flag === 'unverified' && flags.some((one) => saidMoreExactly.includes(one))),
  );
}
