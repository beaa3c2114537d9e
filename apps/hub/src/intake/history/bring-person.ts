import { v7 as uuid } from 'uuid';
import { matchKey, mergeCustomers, isRoleAddress } from '#channels';
import type { Transaction } from '../../database/database.js';
import { choosePerson, type NamedAddress } from '../../outreach/people/choose-person.js';
import { addClaims, ownersOf, type OwnerRow } from '../../outreach/people/find-people.query.js';
import {
  addCustomer,
  addIdentities,
  broughtBefore,
  holdPerson,
  noteBrought,
  openEnded,
  rootOfCustomer,
} from './bring.query.js';

export interface PersonRow {
  key: string;
  name: string;
  emails: string[];
  phones: string[];
}

/** Who somebody of the files is here. `isDoubtful`: their addresses lead to two customers, so they are left apart. */
export interface BroughtPerson {
  root: string;
  isNew: boolean;
  isJoined: boolean;
  isDoubtful: boolean;
}

/** Where history of theirs is written. `identity`: what they wrote from, where this is their own conversation. */
export interface Place {
  conversation: string;
  customer: string;
  identity: string | null;
  lastAt: Date | null;
}

export interface Bringing {
  source: string;
  actorId: string | null;
}

/** Finds who they are here, or adds them. Held against others who add people until the transaction ends. */
export async function bringPerson(
  tx: Transaction,
  people: readonly PersonRow[],
  { source }: Bringing,
): Promise<BroughtPerson> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('imported people'))`);
  const keys = people.map(({ key }) => key);
  const [before] = await tx.query<{ target: string }>(broughtBefore, [source, 'person', keys]);
  const addresses = addressesOf(people);
  const known = before ? await rootOf(tx, before.target) : null;
  const found = known === null ? await findByAddress(tx, addresses) : { root: known, isDoubtful: false };
  const root = found.root ?? (await addPerson(tx, people, addresses));
  const claims = addresses.map(({ kind, address }) => ({ id: uuid(), customer: root, kind, address }));
  await tx.query(addClaims, [JSON.stringify(claims)]);
  return { root, isNew: found.root === null, isJoined: found.root !== null && !before, isDoubtful: found.isDoubtful };
}

/** Addresses in their normal form, the first of each kind first. */
export function addressesOf(people: readonly PersonRow[]): NamedAddress[] {
  const emails = people.flatMap((one) => one.emails).map((address) => ({ kind: 'email' as const, address }));
  const phones = people.flatMap((one) => one.phones).map((address) => ({ kind: 'phone' as const, address }));
  const all = [...emails, ...phones];
  return all.filter(
    (one, at) => all.findIndex(({ kind, address }) => kind === one.kind && address === one.address) === at,
  );
}

async function rootOf(tx: Transaction, customer: string): Promise<string | null> {
  const [row] = await tx.query<{ root: string }>(rootOfCustomer, [customer]);
  return row?.root ?? null;
}

/** An address of a role says nothing of who wrote, so it leads to nobody. */
async function findByAddress(
  tx: Transaction,
  addresses: readonly NamedAddress[],
): Promise<{ root: string | null; isDoubtful: boolean }> {
  const own = addresses.filter(({ kind, address }) => kind !== 'email' || !isRoleAddress(address));
  if (own.length === 0) {
    return { root: null, isDoubtful: false };
  }
  const owners = await tx.query<OwnerRow & Record<string, unknown>>(ownersOf, [
    own.map(({ kind }) => kind),
    own.map(({ address }) => address),
  ]);
  const chosen = choosePerson(own, owners);
  const isChosen = chosen !== 'nobody' && 'root' in chosen;
  return {
    root: isChosen ? chosen.root : null,
    isDoubtful: chosen !== 'nobody' && 'fault' in chosen && chosen.fault === 'two_people',
  };
}

/**
 * Somebody new. Who writes or calls from one of these addresses next is them, as if they had done so here before; an address that
 * somebody has already stays theirs, and becomes a claim.
 */
async function addPerson(
  tx: Transaction,
  people: readonly PersonRow[],
  addresses: readonly NamedAddress[],
): Promise<string> {
  const id = uuid();
  const name = nameOf(people, addresses);
  await tx.query(addCustomer, [id, uuid(), name, matchKey(name), localeOf(name)]);
  const own = addresses.map(({ kind, address }) => ({ id: uuid(), kind, address }));
  await tx.query(addIdentities, [id, JSON.stringify(own)]);
  return id;
}

/** Somebody who is called by a Latin name is written to in English until they choose otherwise. */
function localeOf(name: string): 'en' | 'fa' {
  return /\p{Script=Latin}/u.test(name) && !/[\u0600-\u06ff]/u.test(name) ? 'en' : 'fa';
}

/**
 * Somebody new has their own conversation, whose first lines these are. For somebody who is here already, what was said earlier cannot
 * be put before what stands there: it gets a conversation of its own, of a customer who is joined to theirs. Their timeline shows both by
 * time, and the joining can be taken back like any.
 */
export async function placeOf(
  tx: Transaction,
  person: BroughtPerson,
  people: readonly PersonRow[],
  how: Bringing & { from: Date },
): Promise<Place> {
  const { root, held } = await hold(tx, person.root);
  const [open] = await tx.query<{ id: string; customer: string; lastAt: Date | null }>(openEnded, [root, how.from]);
  if (open) {
    return {
      conversation: open.id,
      customer: open.customer,
      identity: await identityOf(tx, open.customer),
      lastAt: open.lastAt,
    };
  }
  const [id, conversation, name] = [uuid(), uuid(), nameOf(people, addressesOf(people))];
  await tx.query(addCustomer, [id, conversation, name, matchKey(name), localeOf(name)]);
  if (held.length > 0) {
    await mergeCustomers(tx, id, root, { actorId: how.actorId, reasons: ['import'], note: how.source });
  }
  return { conversation, customer: id, identity: null, lastAt: null };
}

/** Holds the conversations of a person, who may be joined to another until they are held. */
async function hold(tx: Transaction, customer: string): Promise<{ root: string; held: unknown[] }> {
  for (let root = customer; ;) {
    const held = await tx.query(holdPerson, [root]);
    const now = await rootOf(tx, root);
    if (now === null || now === root) {
      return { root, held };
    }
    root = now;
  }
}

/** The same people are known by this from here on: who is parted from somebody takes what comes later along. */
export function notePeople(
  tx: Transaction,
  source: string,
  people: readonly PersonRow[],
  target: string,
): Promise<unknown> {
  return tx.query(noteBrought, [source, 'person', JSON.stringify(people.map(({ key }) => ({ key, target })))]);
}

async function identityOf(tx: Transaction, customer: string): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    `select id from identity where customer_id = $1 and retired_at is null order by (kind = 'email') desc, created_at, id limit 1`,
    [customer],
  );
  return row?.id ?? null;
}

/** Until somebody gives them a name, people are called by what one would write or call. */
function nameOf(people: readonly PersonRow[], addresses: readonly NamedAddress[]): string {
  return people.find(({ name }) => name !== '')?.name ?? addresses[0]?.address ?? '';
}
