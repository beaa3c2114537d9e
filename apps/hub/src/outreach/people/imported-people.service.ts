import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { matchKey, normaliseEmail, normalisePhone, storableText, type Sql } from '#channels';
import { HubConfig } from '#config';
import { SecretKeys } from '../../platform/secret-keys.js';
import { digestOf, forgottenPurpose } from '../../privacy/erasures/forgotten-addresses.js';
import { choosePerson, type NamedAddress, type PersonFault } from './choose-person.js';
import { addClaims, addPeople, ownersOf, type OwnerRow } from './find-people.query.js';

/** How a line or a program names a customer. */
export interface NamedPerson {
  phone?: string | undefined;
  email?: string | undefined;
  /** The organisation's own number of them. */
  externalId?: string | undefined;
  name?: string | undefined;
  locale?: string | undefined;
}

/** A person as they are looked for: addresses in their normal form. */
export interface WantedPerson {
  addresses: NamedAddress[];
  name: string;
  locale: string;
}

export type FoundPerson = { root: string; isNew: boolean } | { fault: PersonFault | 'unknown_person' | 'forgotten' };

export type NameFault = 'not_a_phone' | 'not_an_email' | 'not_an_id' | 'not_a_language';

/** Null where nothing is written. */
type ReadAddress = NamedAddress | { fault: NameFault; field: string } | null;

const longestId = 200;

/**
 * Customers whom imports and the organisation's programs name. Whoever is nobody yet becomes a customer with claims: what a file says
 * owns no address and joins nobody, and the next file that says it finds the same customer.
 */
@Injectable()
export class ImportedPeople {
  constructor(
    private readonly config: HubConfig,
    private readonly keys: SecretKeys,
  ) {}

  read(named: NamedPerson): WantedPerson | { fault: NameFault; field: string } {
    const read = [this.readId(named.externalId), this.readMail(named.email), this.readPhone(named.phone)];
    const misfit = read.find((one) => one !== null && 'fault' in one);
    if (misfit) {
      return misfit as { fault: NameFault; field: string };
    }
    const addresses = read.filter((one): one is NamedAddress => one !== null);
    const language = localeOf(named.locale);
    return language === null
      ? { fault: 'not_a_language', field: 'locale' }
      : {
          addresses,
          name: storableText(named.name ?? '')
            .trim()
            .slice(0, 200),
          locale: language,
        };
  }

  private readId(written: string | undefined): ReadAddress {
    if (!filled(written)) {
      return null;
    }
    const address = storableText(written).trim();
    const isFit = address !== '' && address.length <= longestId;
    return isFit ? { kind: 'external', address } : { fault: 'not_an_id', field: 'external_id' };
  }

  private readMail(written: string | undefined): ReadAddress {
    const address = filled(written) ? normaliseEmail(written) : undefined;
    if (address === undefined) {
      return null;
    }
    return address === null ? { fault: 'not_an_email', field: 'email' } : { kind: 'email', address };
  }

  private readPhone(written: string | undefined): ReadAddress {
    if (!filled(written)) {
      return null;
    }
    const normal = normalisePhone(written, this.config.defaultCountry);
    return normal?.kind === 'phone'
      ? { kind: 'phone', address: normal.e164 }
      : { fault: 'not_a_phone', field: 'phone' };
  }

  /**
   * Finds everybody, or adds them. In the caller's transaction, which holds others who add people back until it ends. The rows of those
   * who were found are locked: nobody is merged before the caller wrote what it knows of them.
   */
  async find(tx: Sql, wanted: readonly WantedPerson[], { create }: { create: boolean }): Promise<FoundPerson[]> {
    await tx.query(`select pg_advisory_xact_lock(hashtext('imported people'))`);
    const owners = await this.lockedOwners(tx, wanted);
    const forgotten = await this.forgottenOf(tx, wanted);
    const added = new Map<
      string,
      { id: string; conversation: string; name: string; name_key: string; locale: string }
    >();
    const claims: { id: string; customer: string; kind: string; address: string }[] = [];
    const found = wanted.map((one): FoundPerson => {
      const chosen = choosePerson(one.addresses, owners);
      if (chosen !== 'nobody' && 'fault' in chosen) {
        return chosen;
      }
      if (chosen === 'nobody' && !create) {
        return { fault: 'unknown_person' };
      }
      if (chosen === 'nobody' && one.addresses.some(({ address }) => forgotten.has(address))) {
        return { fault: 'forgotten' };
      }
      const root = chosen === 'nobody' ? uuid() : chosen.root;
      if (chosen === 'nobody') {
        const { name, locale } = one;
        added.set(root, { id: root, conversation: uuid(), name: nameOf(one), name_key: matchKey(name), locale });
      }
      for (const { kind, address } of one.addresses) {
        claims.push({ id: uuid(), customer: root, kind, address });
        // Later lines of this portion find the same customer by it.
        owners.push({ kind, address, root, shared: false, claimed: true });
      }
      return { root, isNew: chosen === 'nobody' };
    });
    if (added.size > 0) {
      await tx.query(addPeople, [JSON.stringify([...added.values()])]);
    }
    await tx.query(addClaims, [JSON.stringify(claims)]);
    return found;
  }

  /** Addresses of those who were erased and are not to come back by a file. By themselves they may come back at any time. */
  private async forgottenOf(tx: Sql, wanted: readonly WantedPerson[]): Promise<Set<string>> {
    const made = wanted
      .flatMap(({ addresses }) => addresses)
      .flatMap(({ address }) =>
        this.keys.deriveAll(forgottenPurpose).map((key) => ({ address, digest: digestOf(address, key) })),
      );
    const kept = await tx.query<{ digest: Buffer }>(
      'select digest from forgotten_address where digest = any ($1::bytea[])',
      [made.map(({ digest }) => digest)],
    );
    return new Set(
      made.filter(({ digest }) => kept.some((row) => digest.equals(row.digest))).map(({ address }) => address),
    );
  }

  /** A merge that came between finding somebody and locking them gave them another root, so they are looked for again. */
  private async lockedOwners(tx: Sql, wanted: readonly WantedPerson[]): Promise<OwnerRow[]> {
    const addresses = wanted.flatMap((one) => one.addresses);
    const parameters = [addresses.map(({ kind }) => kind), addresses.map(({ address }) => address)];
    for (;;) {
      const owners = await tx.query<OwnerRow & Record<string, unknown>>(ownersOf, parameters);
      const roots = [...new Set(owners.map(({ root }) => root))];
      const locked = await tx.query<{ merged_into: string | null }>(
        'select merged_into from customer where id = any ($1::uuid[]) order by id for no key update',
        [roots],
      );
      if (locked.every((row) => row.merged_into === null)) {
        return owners;
      }
    }
  }
}

function filled(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

/** Until somebody gives them a name, people are called by what one would write or call. */
function nameOf({ name, addresses }: WantedPerson): string {
  return name === '' ? (addresses.at(-1)?.address ?? '') : name;
}

const languages: Record<string, string> = {
  en: 'en',
  english: 'en',
  انگلیسی: 'en',
  fa: 'fa',
  persian: 'fa',
  farsi: 'fa',
  فارسی: 'fa',
};

/** Null for a language that is none of ours. Who says none is written to in Persian, as everybody whom we do not know. */
function localeOf(written: string | undefined): string | null {
  return filled(written) ? (languages[matchKey(written)] ?? null) : 'fa';
}
