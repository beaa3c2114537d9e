/** What a mail server's refusal comes down to. */
type MailRefusal = 'noMailbox' | 'noDomain' | 'full' | 'tooLarge' | 'rejected' | 'notYet';

const meanings: [RegExp, MailRefusal][] = [
  [/^5\.1\.(?:1|6|10)$/u, 'noMailbox'],
  [/^5\.(?:1\.2|4\.4)$/u, 'noDomain'],
  [/^[45]\.2\.2$/u, 'full'],
  [/^5\.(?:2\.3|3\.4)$/u, 'tooLarge'],
  [/^5\.7\.\d+$/u, 'rejected'],
  [/^4\./u, 'notYet'],
];

/**
 * What the words of a mail server mean, for those who do not read them: by the status that standards give each reason (RFC 3463). Null
 * where they name none, or none that says more than that it failed.
 */
export function refusalIn(words: string): MailRefusal | null {
  const status = /(?<![\d.])[45]\.\d\.\d{1,3}(?![\d.])/u.exec(words)?.[0];
  const known = status === undefined ? undefined : meanings.find(([pattern]) => pattern.test(status))?.[1];
  return known ?? (status === undefined && /^4\d\d[ -]/u.test(words) ? 'notYet' : null);
}
