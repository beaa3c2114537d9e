/** Titles before a name, with the Persian ones in both of their spellings. */
const titles = new Set('mr mrs ms miss dr prof eng آقای آقا خانم سرکار جناب دکتر مهندس استاد'.split(' '));
const isNumberOrAddress = /@|^[\d\s+()۰-۹٠-٩-]+$/u;

/** The name by which a customer can be addressed. What channels call those whose name they do not know is none: null. */
export function nameToSay(name: string): string | null {
  const trimmed = name.trim().replaceAll(/\s+/gu, ' ');
  return trimmed === '' || isNumberOrAddress.test(trimmed) ? null : trimmed;
}

/** The first name, or null: after a title comes the last name where only one name is told. */
export function firstNameOf(name: string): string | null {
  const said = nameToSay(name);
  if (said === null) {
    return null;
  }
  const [last, given] = said.split(/\s*[,،]\s*/u);
  const words = (given ?? last ?? '').split(' ');
  const names = words.filter((word) => !titles.has(word.replace(/\.$/u, '').toLowerCase()));
  const isOnlyLast = names.length < words.length && names.length === 1;
  return isOnlyLast ? null : (names[0] ?? null);
}
