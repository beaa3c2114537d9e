/** Letters and digits that nobody takes for one another when a password is read aloud or copied by hand. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 4;

/** A password for a new colleague, from the browser's source of randomness: four groups of four signs. */
export function suggestPassword(random = (count: number) => crypto.getRandomValues(new Uint32Array(count))): string {
  const picked = [...random(groups * groupLength)].map((number) => signs.charAt(number % signs.length));
  return Array.from({ length: groups }, (_, group) =>
    picked.slice(group * groupLength, (group + 1) * groupLength).join(''),
  ).join('-');
}
