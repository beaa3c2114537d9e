import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Permission, Role } from '#contract';
import type { Door } from '../../apps/hub/src/auth/access-inventory.js';
import { apiShapes } from '../../apps/hub/src/platform/openapi/api-shapes.js';
import type { Schema } from '../../apps/hub/src/platform/openapi/api-shape.js';
import { builtIn } from '../../apps/hub/src/auth/permissions.js';
import type { Answered, Call, Caller } from './build-rows.js';

/** Somebody who tries every door, and what the rules alone say of them. */
export interface Intruder {
  name: string;
  caller: Caller;
  /** null: nobody whom the hub knows. */
  rights: { role: Role; permissions: Permission[] | null; scopes: string[] | null } | null;
  /** Whether the planted person is theirs to read. */
  reads: boolean;
  /** Whether what was whispered to others is as well. */
  watches?: boolean;
}

/** The ids that stand for one person, by the part of the address that they follow. */
export type Target = Record<string, string>;

export const words = {
  text: 'CANARY-TEXT',
  note: 'CANARY-NOTE',
  name: 'CANARY-NAME',
  subject: 'CANARY-SUBJECT',
  file: 'CANARY-FILE',
  whisper: 'CANARY-WHISPER',
};
const canary = /CANARY-[A-Z]+/;

const ranks: Record<Role, number> = { agent: 1, supervisor: 2, admin: 3 };
const isRole = (rule: unknown): rule is Role => rule === 'agent' || rule === 'supervisor' || rule === 'admin';

/** What the rule of a door says of somebody, worked out here a second time: true, or the status of the refusal. */
export function ruleSays(
  door: Pick<Door, 'rule' | 'permissions'>,
  method: string,
  { rights }: Intruder,
): true | 401 | 403 {
  const { rule, permissions } = door;
  if (!isRole(rule)) {
    return true;
  }
  if (rights === null) {
    return 401;
  }
  return isLet(rights, { rule, permissions }) && isScoped(rights, rule, method) ? true : 403;
}

type Rights = NonNullable<Intruder['rights']>;

function isLet({ role, permissions: own }: Rights, door: { rule: Role; permissions: readonly Permission[] }): boolean {
  const isRanked = ranks[role] >= ranks[door.rule];
  if (door.permissions.length === 0) {
    return isRanked;
  }
  return own === null
    ? isRanked && door.permissions.some((one) => ranks[role] >= ranks[builtIn[one]])
    : door.permissions.some((one) => own.includes(one));
}

function isScoped({ scopes }: Rights, rule: Role, method: string): boolean {
  const needed = [method === 'GET' ? 'read' : 'write', ...(rule === 'admin' ? ['admin'] : [])];
  return scopes === null || needed.every((scope) => scopes.includes(scope));
}

/** What is wrong with an answer; empty: nothing. */
export function judge(
  answer: Pick<Answered, 'status' | 'text'>,
  { says, reads, watches = false }: { says: true | 401 | 403; reads: boolean; watches?: boolean },
): string[] {
  return [
    ...(answer.status >= 500 ? [`fails with ${String(answer.status)}`] : []),
    ...(says !== true && answer.status !== says
      ? [`answers ${String(answer.status)} where the rule says ${String(says)}`]
      : []),
    ...(!reads && canary.test(answer.text) ? [`shows ${String(canary.exec(answer.text))}`] : []),
    ...(reads && !watches && answer.text.includes(words.whisper) ? [`shows ${words.whisper}`] : []),
  ];
}

/** Whether an object that is somebody else's can be told from one that is not there. */
export function tellApart(
  foreign: Pick<Answered, 'status' | 'text'>,
  absent: Pick<Answered, 'status' | 'text'>,
): string[] {
  // Whoever asks too often is told that and no more.
  const isTooOften = [foreign, absent].some(({ status }) => status === 429);
  return isTooOften || (foreign.status === absent.status && bare(foreign.text) === bare(absent.text))
    ? []
    : [
        `tells ${String(foreign.status)} ${bare(foreign.text)} from ${String(absent.status)} ${bare(absent.text)}`.slice(
          0,
          400,
        ),
      ];
}

const bare = (text: string): string =>
  text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'AT');

/** Calls a door with the ids of a target wherever it takes ids, and with the least that its shape asks for. */
export function callOf({ name, owner }: Door, target: Target): { path: string; call: Call } {
  const [method = 'GET', url = ''] = name.split(' ');
  const shape = apiShapes.operations[owner] ?? {};
  const path = url.replace(
    /([^/]+)\/:(\w+)/g,
    (_, before: string, parameter: string) => `${before}/${idFor(target, before, parameter)}`,
  );
  const query = new URLSearchParams(
    (shape.query ?? []).flatMap(({ name: key, required, schema }) =>
      required || /conversation|ticket|customer/.test(key) ? [[key, asQuery(least(schema, key, target))]] : [],
    ),
  );
  const body = shape.body ? { body: least(shape.body, '', target) } : {};
  return {
    path: query.size > 0 ? `${path}?${query.toString()}` : path,
    call: { method: method === 'ALL' ? 'GET' : method, ...body },
  };
}

const asQuery = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function idFor(target: Target, before: string, parameter: string): string {
  return target[parameter] ?? target[before] ?? target['anything'] ?? '';
}

interface Known {
  format?: string;
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minimum?: number;
}

/** Where another schema stands in place of this one. */
function elsewhere({ $ref, anyOf, oneOf }: Known): Schema | undefined {
  const name = $ref?.split('/').at(-1);
  return name === undefined ? (anyOf ?? oneOf)?.[0] : (apiShapes.schemas[name] ?? {});
}

/** The smallest value of a schema; ids in it are the target's. */
function least(schema: Schema, key: string, target: Target, depth = 0): unknown {
  const known = schema as Known;
  const aside = elsewhere(known);
  if (aside) {
    return depth > 6 ? {} : least(aside, key, target, depth + 1);
  }
  const [choice] = known.enum ?? [known.const];
  const [type = 'string'] = [known.type ?? []].flat();
  return choice ?? (makers[type] ?? textFor)({ schema: known, key, target, depth });
}

interface Place {
  schema: Known;
  key: string;
  target: Target;
  depth: number;
}

const makers: Record<string, (place: Place) => unknown> = {
  object: ({ schema: { properties = {}, required = [] }, target, depth }) =>
    Object.fromEntries(required.map((name) => [name, least(properties[name] ?? {}, name, target, depth + 1)])),
  array: ({ schema: { items = {}, minItems = 0 }, key, target, depth }) =>
    minItems > 0 || /ids$/i.test(key) ? [least(items, key.replace(/s$/, ''), target, depth + 1)] : [],
  integer: ({ schema: { minimum = 1 } }) => minimum,
  number: ({ schema: { minimum = 1 } }) => minimum,
  boolean: () => false,
};

function textFor({ key, schema, target }: Place): string {
  const named = Object.entries(target).find(
    ([name]) => name.endsWith('s') && key.toLowerCase().startsWith(name.slice(0, -1)),
  );
  if (named && /id$|^into$|^(conversation|customer|ticket|message)$/i.test(key)) {
    return named[1];
  }
  return schema.format === 'uuid' || /id$/i.test(key) ? (key === 'id' ? uuid() : (target['anything'] ?? '')) : 'x';
}

/** The same pairs in every run: each door meets each intruder sooner or later, and all of them with ACCESS_SWEEP=full. */
export function isSampled(door: string, who: string, oneIn: number): boolean {
  return createHash('sha256').update(`${door}|${who}`).digest().readUInt32BE() % oneIn === 0;
}

/** Does the work some at a time. */
export async function inTurns<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const one = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
