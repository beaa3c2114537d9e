/** What an operator may type, and how to ask for it. Needs nothing, so that it can be shown before anything is built. */
export const operationsUsage = `  backup [--to FILE|FOLDER]  everything in one file, while the hub works (DATA_DIR/backups)
  restore FILE               a backup into an empty installation (--into DATABASE_URL: another database)
  restore FILE --check       reads a backup to its end and changes nothing
  doctor                     what is not as it should be, and what to do
  migrate [status|dry|up]    the schema of the database
  user list                  the accounts
  user create EMAIL          an account and a link to its first password (--name, --role, --locale)
  user reset EMAIL           a link to a new password
  user disable EMAIL         nobody signs in with it any more
  user make-admin EMAIL      an administrator from now on
  reports recount            counts everything that reports show anew and compares (--mend: makes it right)
`;

export const operationsOptions = `  --passphrase-file FILE     backup: seals SECRET_KEY into it; restore: opens it
  --without-key              restore: without the key that opens the channels' credentials
  --json                     the answer as JSON
  --quiet                    nothing but the answer
`;
