import type { Sql } from '#channels';
import type { SignInProviderView } from '#contract';
import type { SecretBox, SealedPlace } from '../../platform/secret-box.js';
import type { ProviderTerms } from './provider-client.service.js';

const columns = `
p.id, p.version, p.name, p.issuer, p.client_id as "clientId", p.secret is not null as "hasSecret", p.scopes, p.email_domains as "emailDomains",
p.trusts_email as "trustsEmail", p.creates_accounts as "createsAccounts", p.role, p.own_role_id as "ownRoleId", p.queue_ids as "queueIds",
p.groups_claim as "groupsClaim", p.second_factor as "secondFactor", p.enabled,
coalesce((select jsonb_agg(jsonb_build_object('name', g.name, 'role', g.role, 'ownRoleId', g.own_role_id) order by g.place)
          from sign_in_group g where g.provider_id = p.id), '[]') as groups,
(select count(*)::int from agent_identity i where i.issuer = p.issuer) as people`;

type Row = SignInProviderView & Record<string, unknown>;

export function listProviders(sql: Sql): Promise<SignInProviderView[]> {
  return sql.query<Row>(`select ${columns} from sign_in_provider p order by p.name, p.id`);
}

export async function findProvider(sql: Sql, id: string): Promise<SignInProviderView | null> {
  const [row] = await sql.query<Row>(`select ${columns} from sign_in_provider p where p.id = $1`, [id]);
  return row ?? null;
}

/** A provider that lets people in now, with what opens it. */
export type OpenProvider = SignInProviderView & ProviderTerms;

export async function openProvider(sql: Sql, box: SecretBox, id: string): Promise<OpenProvider | null> {
  const [row] = await sql.query<Row & { sealed: Buffer | null }>(
    `select ${columns}, p.secret as sealed from sign_in_provider p where p.id = $1 and p.enabled`,
    [id],
  );
  if (!row) {
    return null;
  }
  const { sealed, ...provider } = row;
  return { ...provider, secret: sealed && box.open(sealed, secretPlace(id)) };
}

export function secretPlace(id: string): SealedPlace {
  return { table: 'sign_in_provider', row: id, column: 'secret' };
}
