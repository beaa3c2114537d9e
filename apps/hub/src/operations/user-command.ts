import type { AuditAction } from '#contract';
import { endWaysIn, makeInvitation, makeResetLink, type MadeLink } from '../auth/accounts/account-links.js';
import { foldEmail, insertAccount } from '../auth/accounts/account.service.js';
import { recordAct } from '../auth/record-act.js';
import { createDataSource } from '../database/data-source.js';
import { Database, type Transaction } from '../database/database.js';
import { liveChannel, NotifyBatch } from '../live/notify-batch.js';
import { reachInstallation } from './installation.js';
import { Misunderstood, type Request } from './request.js';

interface Account {
  id: string;
  email: string;
  name: string;
  role: string;
  isOff: boolean;
  isInvited: boolean;
}

const accounts = `
select id, email, name, role, disabled_at is not null as "isOff", invited_at is not null as "isInvited" from agent`;

const roles = ['agent', 'supervisor', 'admin'] as const;
type BuiltInRole = (typeof roles)[number];

/** What is done to an account that is there, in a transaction that holds it. Returns the answer. */
type Act = (tx: Transaction, account: Account, address: string) => Promise<string>;

const acts: Record<string, Act> = {
  reset: async (tx, account, address) => {
    const link = account.isInvited ? await makeInvitation(tx, account.id) : await makeResetLink(tx, account.id);
    if (link === null) {
      throw new Error(`${account.email} is switched off. Switch it on in the console, or with user make-admin.`);
    }
    await record(tx, account.id, 'agent.reset_link_made');
    return words(link, address);
  },
  disable: async (tx, account) => {
    const [other] = await tx.query(
      `select 1 from agent where role = 'admin' and disabled_at is null and invited_at is null and id <> $1 limit 1`,
      [account.id],
    );
    if (account.role === 'admin' && other === undefined) {
      throw new Error(
        'Nobody who has joined would be an administrator any more. Make another one first: user make-admin.',
      );
    }
    await tx.query(
      'update agent set disabled_at = coalesce(disabled_at, clock_timestamp()), version = version + 1 where id = $1',
      [account.id],
    );
    await tx.query('update session set revoked_at = clock_timestamp() where agent_id = $1 and revoked_at is null', [
      account.id,
    ]);
    await endWaysIn(tx, account.id);
    await record(tx, account.id, 'agent.changed', { disabled: true });
    return `${account.email} is switched off, and signed out everywhere.\n`;
  },
  'make-admin': async (tx, account) => {
    await tx.query(
      `update agent set role = 'admin', own_role_id = null, disabled_at = null, version = version + 1 where id = $1`,
      [account.id],
    );
    await record(tx, account.id, 'agent.changed', { role: 'admin' });
    return `${account.email} is an administrator.\n`;
  },
};

/** Accounts from a terminal of the machine: for who cannot get into the console. What is done is in the audit, by nobody. */
export async function userCommand(request: Request): Promise<number> {
  const { config, words: given, options, write } = request;
  const [what = '', email, ...more] = given;
  const isList = what === 'list' && email === undefined;
  if (!isList && (email === undefined || more.length > 0 || !(what === 'create' || Object.hasOwn(acts, what)))) {
    throw new Misunderstood('user: list, or one of create, reset, disable and make-admin with an address.');
  }
  const installation = await reachInstallation(config);
  try {
    const dataSource = await createDataSource(installation.databaseUrl, {
      applicationName: 'peyk user',
      poolSize: 2,
    }).initialize();
    try {
      const database = new Database(dataSource);
      write(
        isList ? await list(database, options.json === true) : await carryOut(database, request, what, email as string),
      );
      return 0;
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await installation.close();
  }
}

async function list(database: Database, isJson: boolean): Promise<string> {
  const all = await database.query<Account & Record<string, unknown>>(
    `${accounts} order by disabled_at is not null, email`,
  );
  if (isJson) {
    return `${JSON.stringify(all)}\n`;
  }
  const line = ({ email, name, role, isOff, isInvited }: Account): string =>
    `${email}  ${role}${isOff ? ', off' : ''}${isInvited ? ', has not joined yet' : ''}  ${name}\n`;
  return all.map(line).join('');
}

/** A hub that runs reads the rights of open pages again, as it does when another node changed them. Without this it takes half a minute. */
async function tellHubs(tx: Transaction, agentId: string): Promise<void> {
  const said = new NotifyBatch();
  said.add({ kind: 'event', name: 'rights.changed', payload: { agentId } });
  await tx.query('select pg_notify($1, payload) from unnest($2::text[]) payload', [liveChannel, said.take('terminal')]);
}

function carryOut(database: Database, { config, options }: Request, what: string, email: string): Promise<string> {
  const address = config.publicUrl ?? `http://localhost:${String(config.port)}`;
  return database.transaction(async (tx) => {
    // Of two who switch each other's account off, the second one finds no administrator left: as in the console.
    await tx.query(
      `select 1 from agent where email = $1 or (role = 'admin' and disabled_at is null) order by id for no key update`,
      [foldEmail(email)],
    );
    const [account] = await tx.query<Account & Record<string, unknown>>(`${accounts} where email = $1`, [
      foldEmail(email),
    ]);
    const act = acts[what];
    if (act !== undefined) {
      const { id } = account ?? fail(`There is no account ${email}.`);
      const answer = await act(tx, account as Account, address);
      await tellHubs(tx, id);
      return answer;
    }
    return account === undefined
      ? create(tx, { email, options }, address)
      : fail(`There is an account ${email} already.`);
  });
}

async function create(
  tx: Transaction,
  { email, options }: { email: string; options: Request['options'] },
  address: string,
): Promise<string> {
  const role = (options.role ?? 'agent') as BuiltInRole;
  const { locale = 'fa', name = email } = options;
  if (!/^[^@\s]+@[^@\s]+$/.test(email) || !roles.includes(role) || (locale !== 'en' && locale !== 'fa')) {
    throw new Misunderstood(`An address, --role ${roles.join('|')} and --locale en|fa.`);
  }
  const id = await insertAccount(tx, { email, name, role, locale, passwordHash: null });
  const link = await makeInvitation(tx, id);
  await record(tx, id, 'agent.created', { role });
  return words(link ?? fail('No link could be made.'), address);
}

/** Shown once: what is kept of it is a hash. */
function words({ path, expiresAt }: MadeLink, address: string): string {
  return `${address}${path}\nThis link works once, until ${expiresAt.toISOString()}. Whoever opens it chooses the password.\n`;
}

function record(
  tx: Transaction,
  subject: string,
  action: AuditAction,
  details: Record<string, unknown> = {},
): Promise<void> {
  return recordAct(tx, { actorId: null, action, subject, details: { ...details, from: 'terminal' } });
}

function fail(message: string): never {
  throw new Error(message);
}
