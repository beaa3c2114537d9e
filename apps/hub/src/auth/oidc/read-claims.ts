import { storableText } from '#channels';
import { foldEmail } from '../accounts/account.service.js';

/** Somebody as a provider knows them. */
export interface Person {
  subject: string;
  email: string | null;
  isVerified: boolean;
  name: string | null;
  locale: 'en' | 'fa' | null;
  groups: string[];
  /** They proved themselves twice, by the provider's word. */
  provedTwice: boolean;
}

export type Claims = Record<string, unknown>;

const longestName = 200;

/** What the hub takes of a provider's claims. Some are sent as texts that others send as they are. */
export function readClaims(claims: Claims, groupsClaim: string | null): Person {
  const email = textOf(claims['email']);
  return {
    subject: textOf(claims['sub']) ?? '',
    email: email?.includes('@') ? foldEmail(email) : null,
    isVerified: claims['email_verified'] === true || claims['email_verified'] === 'true',
    name: nameOf(claims),
    locale: localeOf(textOf(claims['locale'])),
    groups: groupsClaim === null ? [] : groupsOf(claims, groupsClaim),
    provedTwice: listOf(claims['amr']).includes('mfa'),
  };
}

/** The token's claims and what was asked for apart; the token goes before. Whether an address is verified is taken from who said the address. */
export function joinClaims(token: Claims, asked: Claims): Claims {
  const speaker = token['email'] === undefined ? asked : token;
  return { ...asked, ...token, email: speaker['email'], email_verified: speaker['email_verified'] };
}

/** The claim by its whole name, which may hold dots (a URL), or else by a path through objects, as Keycloak nests its roles. */
function groupsOf(claims: Claims, name: string): string[] {
  return listOf(lookUp(claims, name));
}

export function lookUp(claims: Claims, name: string): unknown {
  const step = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Claims)[key] : undefined;
  return Object.hasOwn(claims, name) ? claims[name] : name.split('.').reduce(step, claims as unknown);
}

function listOf(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string');
}

function nameOf(claims: Claims): string | null {
  const parts = [textOf(claims['given_name']), textOf(claims['family_name'])].filter((part) => part !== null);
  const name = textOf(claims['name']) ?? (parts.length > 0 ? parts.join(' ') : textOf(claims['preferred_username']));
  return name?.slice(0, longestName) ?? null;
}

function localeOf(tag: string | null): Person['locale'] {
  const language = tag?.toLowerCase().split(/[-_]/)[0];
  return language === 'fa' || language === 'en' ? language : null;
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? storableText(value).trim() : '';
  return text === '' ? null : text;
}
