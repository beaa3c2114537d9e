import type { Door } from '../../auth/access-inventory.js';
import type { AccessRule } from '../../auth/access-rule.js';
import type { ApiShapes, OperationShape, Schema } from './api-shape.js';

export interface Operation {
  operationId: string;
  tags: string[];
  summary?: string;
  description: string;
  security: Record<string, string[]>[];
  parameters?: Schema[];
  requestBody?: Schema;
  responses: Record<string, Schema>;
  'x-access': AccessRule | null;
}

export interface ApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  tags: { name: string; description?: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, Schema> };
}

const overview = `The API of the console, open to programs.

People sign in with POST /api/session and keep a cookie; programs send an API key as \`Authorization: Bearer …\`. Instants are
ISO 8601 in UTC, ids are UUIDs. Lists come in pages: give \`next\` of one as \`before\` of the following. Unsafe calls take an
\`Idempotency-Key\`; a repeat with the same key gets the first answer and does nothing. Every refusal is a problem document
(RFC 9457) whose \`code\` is stable.`;

const who: Record<AccessRule, string> = {
  agent: 'Agents, supervisors and administrators.',
  supervisor: 'Supervisors and administrators.',
  admin: 'Administrators.',
  public: 'Everybody.',
  webhook: 'Providers, by their signature or token.',
  visitor: 'Visitors of a web chat, by their token.',
  operator: 'Calls from this machine, or with METRICS_TOKEN.',
};

const securitySchemes: Record<string, Schema> = {
  session: { type: 'apiKey', in: 'cookie', name: 'peyk', description: '`__Host-peyk` where PUBLIC_URL is https.' },
  key: { type: 'http', scheme: 'bearer' },
};

/** Describes the routes that the hub really has (`doors`), with the shapes that were read from their sources. */
export function describeApi(doors: readonly Door[], shapes: ApiShapes): ApiDocument {
  const paths: ApiDocument['paths'] = {};
  const tags = new Map<string, string>();
  for (const { name, owner, rule } of doors) {
    const [verb = '', url] = name.split(' ');
    if (!url?.startsWith('/') || verb === 'OPTIONS') {
      continue;
    }
    const tag = tagOf(url);
    tags.set(tag, tags.get(tag) || (shapes.rooms[owner.split('.')[0] ?? ''] ?? ''));
    const path = url.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [verb.toLowerCase()]: operationOf({ verb, url, owner, rule, tag }, shapes.operations[owner] ?? {}),
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Peyk', version: '1', description: overview },
    tags: [...tags].toSorted(byName).map(([name, description]) => ({ name, ...(description && { description }) })),
    paths: Object.fromEntries(Object.entries(paths).toSorted(byName)),
    components: { schemas: shapes.schemas, securitySchemes },
  };
}

interface Route {
  verb: string;
  url: string;
  owner: string;
  rule: AccessRule | undefined;
  tag: string;
}

function operationOf(route: Route, shape: OperationShape): Operation {
  const { verb, owner, rule, tag } = route;
  const parameters = parametersOf(route, shape);
  const body = bodyOf(shape);
  return {
    operationId: owner,
    tags: [tag],
    ...(shape.summary !== undefined && { summary: shape.summary }),
    description: rule === undefined ? '' : who[rule],
    security: isRole(rule) ? [{ session: [] }, { key: [] }] : [],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: { [shape.status ?? (verb === 'POST' ? 201 : 200)]: answerOf(shape), default: refusal },
    'x-access': rule ?? null,
  };
}

function parametersOf({ verb, url, rule }: Route, { path = {}, query = [] }: OperationShape): Schema[] {
  const named = [...url.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const isRepeatable = isRole(rule) && verb !== 'GET';
  return [
    ...named.map((name) => ({ name, in: 'path', required: true, schema: path[name] ?? { type: 'string' } })),
    ...query.map((one) => ({ ...one, in: 'query' })),
    ...(isRepeatable ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } }] : []),
  ];
}

function bodyOf({ body, takesRaw }: OperationShape): Schema | null {
  if (body) {
    return { required: true, content: { 'application/json': { schema: body } } };
  }
  return takesRaw ? { required: true, content: { '*/*': {} } } : null;
}

function answerOf({ answers, raw }: OperationShape): Schema {
  if (answers) {
    return { description: 'Done.', content: { 'application/json': { schema: answers } } };
  }
  return raw ? { description: 'The content itself.', content: { '*/*': {} } } : { description: 'Done.' };
}

const refusal: Schema = {
  description: 'Refused; the problem says why.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function isRole(rule: AccessRule | undefined): boolean {
  return rule === 'agent' || rule === 'supervisor' || rule === 'admin';
}

/** `/api/customers/:id/merge` is about customers, `/health/live` about health, `/api/openapi.json` about the API itself. */
function tagOf(url: string): string {
  const [first = '', second] = url.split('/').filter((part) => part !== '');
  const tag = (first === 'api' ? second : first) ?? first;
  return tag === 'docs' || tag === 'openapi.json' ? 'api' : tag;
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
