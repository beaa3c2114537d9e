/** What the system says in its own words, in ours where they are plainer. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const { code = '', path = '', message, name }: NodeJS.ErrnoException = error;
  return sentences[code]?.(path) ?? (message || [name, code].filter(Boolean).join(' '));
}

const sentences: Record<string, (path: string) => string | undefined> = {
  ENOENT: (path) => (path === '' ? undefined : `There is no ${path}.`),
  EACCES: (path) =>
    path === ''
      ? undefined
      : `${path} cannot be opened by this user. Run the command as the user that the hub runs as.`,
  EISDIR: () => 'That is a folder. Name a file in it.',
  ENOSPC: () => 'The disk is full.',
  ECONNREFUSED: () => 'Nobody answers at the address of the database.',
  ENOTFOUND: () => 'No machine has the name that the address of the database says.',
  // PostgreSQL: a table that is not there.
  '42P01': () => 'There is no Peyk in this database yet. Start the hub once, or restore a backup.',
};
