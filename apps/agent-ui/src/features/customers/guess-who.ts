/** What somebody typed while they looked for a customer, put where it belongs: an address, a number, or else a name. */
export function guessWho(typed: string): { name: string; email: string; phone: string } {
  const none = { name: '', email: '', phone: '' };
  if (typed.includes('@')) {
    return { ...none, email: typed };
  }
  return /^[+(]?[\p{Nd}\s().-]{5,}$/u.test(typed) ? { ...none, phone: typed } : { ...none, name: typed };
}
