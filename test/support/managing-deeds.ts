import { v7 as uuid } from 'uuid';
import { usualTierTerms } from '#tickets';
import type { Target } from './access-sweep.js';
import { menuScript } from './bot-scene.js';
import { zendesk } from './history-exports/four-products.js';

type Body = Record<string, unknown>;

/** What a door is called with, beside what its shape alone asks for. */
export interface Wish {
  body?: Body | ((made: Target) => Body);
  /** A file as the body. */
  file?: { type: string; name?: string; content: string | Uint8Array };
  query?: string;
  /** Ids in place of those that were made by the doors before. */
  ids?: Target;
  /** What the next doors need to know of it: names of ids and how they are found. */
  learn?: Record<string, string>;
  /** What has to be so before: a statement and its values. */
  first?: [string, unknown[]];
}

/** What nobody makes through these doors. */
export interface World {
  site: string;
  mail: string;
  phone: string;
  queue: string;
  agent: string;
  boss: string;
  customer: string;
  conversation: string;
  message: string;
  ticket: string;
  /** A message that came by mail. */
  letter: string;
  miss: string;
  rules: string[];
  callback: string;
  hand: string;
  /** A ticket that somebody solved. */
  solved: string;
  consent: string;
  sound: Uint8Array;
}

const words = { en: 'Words', fa: 'واژه' };
const days = { from: '2020-01-01', to: '2030-01-01' };
const lately = (): Body => ({ from: day(-2), to: day(1) });
const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const csv = { type: 'text/csv', name: 'people.csv', content: 'email,name\na@example.org,A\n' };
const cdr = {
  type: 'text/csv',
  name: 'calls.csv',
  content:
    'calldate,src,dst,dcontext,channel,dstchannel,duration,billsec,disposition,uniqueid,linkedid,sequence,did\n2020-03-01 10:00:00,+989121110000,600,ext,SIP/x,,20,0,NO ANSWER,1.1,1.1,1,02122334455\n',
};
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const provider = {
  name: 'Ours',
  issuer: 'https://id.example',
  clientId: 'peyk',
  clientSecret: 'secret',
  scopes: ['openid'],
  enabled: false,
};
const everything = { all: [] };

/** Every door by which those who manage change something, in an order in which each can be gone through, and what it takes. */
export const managingDeeds = (world: World): [door: string, wish: Wish][] => [
  ...steeringDeeds(world),
  ...channelDeeds(world),
  ...teamDeeds(world),
  ...workDeeds(world),
  ...botDeeds(world),
  ...peopleDeeds(world),
];

const channelDeeds = ({ mail, phone, site, sound }: World): [string, Wish][] => [
  ['POST /api/channels', { body: { kind: 'web', name: 'A site' } }],
  ['PATCH /api/channels/:id', { body: { name: 'Our site' } }],
  ['POST /api/channels/:id/site-keys', {}],
  ['PATCH /api/channels/:id/watch', { body: { silenceHours: 5 } }],
  ['POST /api/channels/:id/simulate', {}],
  ['POST /api/channels/:id/dkim', { ids: { channels: mail } }],
  ['POST /api/channels/:id/test-message', { ids: { channels: mail }, body: { to: 'admin@example.org' } }],
  ['POST /api/channels/:id/trial-calls', { ids: { channels: phone }, body: { from: '+989127000001' } }],
  ['PUT /api/channels/:id/recording', { ids: { channels: phone }, body: { keepDays: 5 } }],
  ['POST /api/channels/:channelId/cdr-imports', { ids: { channels: phone }, file: cdr }],
  ['POST /api/channels/:channelId/cdr-imports/:id/stop', { ids: { channels: phone } }],
  [
    'PUT /api/prompts/recording',
    { file: { type: 'audio/wav', content: sound }, query: 'name=prompts/hello.fa.wav&locale=fa' },
  ],
  ['DELETE /api/prompts/recording', { query: 'name=prompts/hello.fa.wav&locale=fa' }],
  [
    'POST /api/scripts/files',
    { file: { type: 'application/octet-stream', name: 'dot.png', content: Buffer.from(dot, 'base64') } },
  ],
  ['DELETE /api/scripts/files/:name', { ids: { files: 'dot.png' } }],
  ['PUT /api/brand', { body: { accent: '#006f77' }, first: ['update brand set version = 1', []] }],
  ['PUT /api/brand/logo', { body: { content: dot } }],
  ['DELETE /api/brand/logo', {}],
  ['POST /api/quarantine/:id/retry', quarantined(uuid(), mail)],
  ['DELETE /api/quarantine/:id', quarantined(uuid(), site)],
  ['DELETE /api/channels/:id/site-keys/:kid', {}],
  ['DELETE /api/channels/:id', {}],
];

const teamDeeds = ({ queue, agent, boss }: World): [string, Wish][] => [
  ['POST /api/queues', { body: { name: 'A queue' } }],
  ['PATCH /api/queues/:id', { body: { name: 'Another name' } }],
  ['PUT /api/queues/:id/tickets', { body: { prefix: 'QX', idleDays: 5, idleTexts: words, duplicateHours: 1 } }],
  ['PUT /api/queues/:id/waiting', { body: { tellClosed: true, texts: { queued: words, closed: words } } }],
  ['PUT /api/queues/:id/recording', { body: { keepDays: 5 } }],
  ['POST /api/skills', { body: { name: 'A skill' } }],
  ['PATCH /api/skills/:id', { body: { name: 'Another skill' } }],
  ['DELETE /api/skills/:id', {}],
  ['POST /api/agents', { body: { email: 'new@peyk.test' } }],
  ['POST /api/agents/:id/invitation', {}],
  ['DELETE /api/agents/:id/invitation', {}],
  ['PATCH /api/agents/:id', { body: { name: 'Nava' } }],
  ['POST /api/agents/:id/reset-link', { ids: { agents: agent } }],
  ['DELETE /api/agents/:id/second-factor', { ids: { agents: agent } }],
  ['POST /api/roles', { body: { name: words } }],
  ['PATCH /api/roles/:id', { body: { name: { en: 'Other words', fa: 'دیگر' } } }],
  ['DELETE /api/roles/:id', {}],
  ['PUT /api/account-rules', { body: { secondFactor: 'choice' } }],
  ['PUT /api/sign-in-settings/providers/:id', { ids: { providers: boss }, body: provider }],
  ['PUT /api/sign-in-settings/passwords', { body: { keepPassword: [boss] } }],
  ['DELETE /api/sign-in-settings/providers/:id', { ids: { providers: boss } }],
  [
    'DELETE /api/keys/:id',
    {
      ids: { keys: agent },
      first: [
        `insert into api_key (id, agent_id, name, scopes, token_hash) values ($1, $1, 'x', '{read}', 'x')`,
        [agent],
      ],
    },
  ],
  ['PUT /api/start/company', { body: { timeZone: 'UTC', name: 'Ours', hoursName: 'Ours' } }],
  ['POST /api/retention-rules', { body: { what: 'files' } }],
  ['DELETE /api/retention-rules/:id', {}],
  ['POST /api/webhooks', { body: { url: 'https://hook.example/x', types: ['message.received'] } }],
  ['PATCH /api/webhooks/:id', { body: { name: 'Other' } }],
  ['POST /api/webhooks/:id/secret', {}],
  ['POST /api/webhooks/:id/test', {}],
  ['POST /api/webhooks/:id/replay', { body: lately() }],
  ['DELETE /api/webhooks/:id', {}],
  ['DELETE /api/queues/:id', { body: { moveTo: queue } }],
];

const workDeeds = ({ rules }: World): [string, Wish][] => [
  ['POST /api/ticket-fields', { body: { name: words, key: 'a_field' } }],
  ['PATCH /api/ticket-fields/:id', { body: { name: { en: 'Other', fa: '' } } }],
  ['DELETE /api/ticket-fields/:id', {}],
  ['POST /api/ticket-states', { body: { name: words } }],
  ['PATCH /api/ticket-states/:id', { body: { name: { en: 'Other', fa: 'دیگر' } } }],
  [
    'POST /api/tags/renamings',
    { body: { from: 'old', to: 'new' }, first: [`insert into tag (key, name) values ('old', 'old')`, []] },
  ],
  ['POST /api/calendars', { body: { timeZone: 'UTC' } }],
  ['PATCH /api/calendars/:id', { body: { name: 'Other' } }],
  ['POST /api/calendars/:id/today', {}],
  ['POST /api/calendars/:id/holidays', { body: { country: 'IR', year: 2026 } }],
  ['POST /api/sla-policies', { body: { draft: { targets: { first_response: 600_000 } } } }],
  ['PATCH /api/sla-policies/:id', { body: { name: 'Other' } }],
  ['POST /api/sla-policies/:id/publish', {}],
  ['DELETE /api/calendars/:id', {}],
  ['PUT /api/rules/order', { body: { ids: rules } }],
  [
    'POST /api/rules',
    {
      body: { event: { on: 'message_received' }, conditions: { all: [] }, actions: [{ do: 'add_tags', tags: ['x'] }] },
    },
  ],
  ['PATCH /api/rules/:id', { body: { name: 'Other' } }],
  ['DELETE /api/rules/:id', {}],
  ['PUT /api/call-dispositions', {}],
  ['POST /api/articles', { body: { texts: { en: { title: 'How', body: 'So.' } } } }],
  ['PATCH /api/articles/:id', { body: { tags: ['x'] } }],
  ['DELETE /api/articles/:id', {}],
  ['POST /api/surveys', { body: { name: 'After work' } }],
  ['PATCH /api/surveys/:id', { body: { name: 'Other' } }],
  ['DELETE /api/surveys/:id', {}],
];

const botDeeds = ({ miss, site }: World): [string, Wish][] => [
  ['POST /api/scripts/connectors', { body: { key: 'shop', url: 'https://shop.example/x' } }],
  ['PATCH /api/scripts/connectors/:id', { body: { title: 'Shop' } }],
  ['POST /api/scripts/connectors/:id/test', {}],
  ['DELETE /api/scripts/connectors/:id', {}],
  ['POST /api/scripts', { body: { source: menuScript, name: 'Mine' } }],
  ['PUT /api/scripts/:id/draft', { body: { name: 'Other' } }],
  [
    'POST /api/scripts/:id/publish',
    { body: { version: 2 }, learn: { versions: 'select id from script_version order by id desc limit 1' } },
  ],
  [
    'POST /api/scripts/:id/releases',
    {
      learn: { releases: 'select id from script_release order by id desc limit 1' },
      body: { at: `${day(9)}T00:00:00Z` },
    },
  ],
  ['DELETE /api/scripts/:id/releases/:releaseId', {}],
  ['POST /api/scripts/:id/rollback', {}],
  ['POST /api/scripts/:id/deployments', { body: { channelId: site } }],
  ['PATCH /api/scripts/deployments/:id', { body: { priority: 2 } }],
  ['DELETE /api/scripts/deployments/:id', {}],
  ['POST /api/scripts/misses/teach', { body: { dismiss: true, ids: [miss] } }],
  ['DELETE /api/scripts/:id', {}],
];

const peopleDeeds = ({ customer, consent, message, letter, mail, queue }: World): [string, Wish][] => [
  ['POST /api/customer-attributes', { body: { name: words, key: 'an_attribute' } }],
  ['PATCH /api/customer-attributes/:id', { body: { name: { en: 'Other', fa: '' } } }],
  ['DELETE /api/customer-attributes/:id', {}],
  [
    'POST /api/purchases',
    {
      body: {
        purchases: [
          { externalId: 'x', amount: 5, currency: 'EUR', at: '2026-01-01T00:00:00Z', customer: { id: customer } },
        ],
      },
    },
  ],
  ['PUT /api/customer-tiers', { body: { terms: usualTierTerms } }],
  ['DELETE /api/customers/:id/hand-tier', { ids: { customers: customer } }],
  ['POST /api/segments', { body: { condition: everything } }],
  ['PATCH /api/segments/:id', { body: { name: 'Other' } }],
  ['PUT /api/outreach/limits', { body: { perDay: 3, perWeek: 9 } }],
  ['POST /api/outreach', { body: { channelIds: [mail], texts: { en: { subject: 'News', body: 'Hello' } } } }],
  ['PATCH /api/outreach/:id', { body: { name: 'Other' } }],
  ['POST /api/outreach/:id/test', { body: { channelId: mail, address: 'letter@example.org' } }],
  ['POST /api/outreach/:id/schedule', {}],
  ['POST /api/outreach/:id/withdraw', {}],
  ['POST /api/outreach/:id/schedule', {}],
  ['POST /api/outreach/:id/pause', {}],
  ['POST /api/outreach/:id/resume', {}],
  ['POST /api/outreach/:id/stop', {}],
  ['DELETE /api/outreach/:id', {}],
  ['DELETE /api/segments/:id', {}],
  ['POST /api/customer-imports', { file: csv, query: 'kind=attributes' }],
  ['POST /api/customer-imports/:id/start', {}],
  ['POST /api/customer-imports/:id/stop', {}],
  ['DELETE /api/customer-imports/:id', {}],
  ['POST /api/history-imports', {}],
  [
    'POST /api/history-imports/:id/files',
    { file: { type: 'application/octet-stream', ...(zendesk[0] as { name: string; content: string }) } },
  ],
  ['POST /api/history-imports/:id/read', {}],
  [
    'POST /api/history-imports/:id/start',
    {
      body: { inboxes: [{ key: '', queueId: queue, channelId: mail }] },
      first: [`update history_import set state = 'read'`, []],
    },
  ],
  ['POST /api/history-imports/:id/stop', {}],
  ['DELETE /api/history-imports/:id', {}],
  ['PUT /api/customers/:id/hold', { body: { why: 'a court asked' } }],
  ['DELETE /api/customers/:id/hold', {}],
  ['DELETE /api/customers/:id/consents/:consent', { ids: { customers: customer, consents: consent } }],
  [
    'DELETE /api/suppressed-addresses/:id',
    {
      ids: { 'suppressed-addresses': consent },
      first: [
        `insert into suppressed_address (id, kind, address, reason) values ($1, 'email', 'gone@example.org', 'bounce')`,
        [consent],
      ],
    },
  ],
  ['POST /api/messages/:id/reparse', { ids: { messages: letter } }],
  ['POST /api/messages/:id/redact', { ids: { messages: message } }],
  ['POST /api/exports', { body: days }],
  ['DELETE /api/exports/:id', {}],
  ['POST /api/customers/:id/exports', {}],
  ['POST /api/customers/:id/erasure', { body: { confirm: 'Mina' } }],
  ['DELETE /api/demo', {}],
];

const steeringDeeds = ({
  hand,
  solved,
  agent,
  boss,
  conversation,
  ticket,
  callback,
  mail,
  queue,
}: World): [string, Wish][] => [
  ['PUT /api/board/thresholds', { ids: { queues: queue } }],
  ['DELETE /api/board/thresholds/:id', {}],
  ['PUT /api/steering/rules', { body: { tellWatched: true } }],
  ['PUT /api/conversations/:id/whispers/:whisper', { ids: { conversations: conversation, whispers: uuid() } }],
  ['POST /api/hands/:id/take', raised(hand, conversation, ticket, agent)],
  ['DELETE /api/hands/:id', { ids: { hands: hand } }],
  ['PUT /api/agents/:id/status', { ids: { agents: agent } }],
  ['POST /api/tickets/:id/take-over', { ids: { tickets: ticket }, body: { from: agent } }],
  ['POST /api/agents/:id/hand-over', { ids: { agents: boss }, body: { to: null } }],
  ['POST /api/callbacks/:id/cancel', { ids: { callbacks: callback } }],
  [
    'PUT /api/quality/scorecard',
    {
      body: { name: words, questions: [{ name: words, kind: 'yes_no', weight: 1, critical: false }] },
      learn: { questions: `select id from scorecard_question order by version desc limit 1` },
    },
  ],
  ['POST /api/quality/samples', { body: lately() }],
  [
    'POST /api/quality/samples/:id/reviews',
    { ids: { tickets: solved }, body: ({ questions = '' }) => ({ scores: [{ questionId: questions, score: 1 }] }) },
  ],
  ['POST /api/quality/reviews/:id/reopening', {}],
  ['POST /api/reports/schedules', { body: { to: ['boss@peyk.test'], channelId: mail } }],
  ['PATCH /api/reports/schedules/:id', { body: { name: 'Other' } }],
  ['POST /api/reports/schedules/:id/send', {}],
  ['DELETE /api/reports/schedules/:id', {}],
];

/** A mail as it comes. */
export const mailOf = (id: string): Buffer =>
  Buffer.from(
    `From: letter@example.org\r\nTo: support@peyk.test\r\nSubject: x\r\nMessage-ID: <${id}@example.org>\r\n\r\nhello`,
  );

const quarantined = (id: string, channel: string): Wish => ({
  ids: { quarantine: id },
  first: [
    `insert into inbound_event (id, channel_id, external_id, state, raw, error) values ($1, $2, $3, 'quarantined', $4, 'broken')`,
    [id, channel, id, mailOf(id)],
  ],
});

const raised = (id: string, conversation: string, ticket: string, agent: string): Wish => ({
  ids: { hands: id },
  first: [
    'insert into raised_hand (id, conversation_id, ticket_id, agent_id) values ($1, $2, $3, $4)',
    [id, conversation, ticket, agent],
  ],
});

/** What leaves no entry, and why it needs none. */
export const entriless: Record<string, string> = {
  ...because('looks, and leaves everything as it was', [
    'POST /api/channels/:channelId/cdr-imports/preview',
    'POST /api/channels/:channelId/cdr-reading/check',
    'POST /api/channels/:id/check',
    'POST /api/channels/:id/try-map',
    'POST /api/customer-imports/:id/preview',
    'POST /api/customer-tiers/preview',
    'POST /api/retention-rules/preview',
    'POST /api/rules/dry-run',
    'POST /api/scripts/:id/replay',
    'POST /api/scripts/check',
    'POST /api/scripts/scenarios',
    'POST /api/scripts/simulate',
    'POST /api/segments/:id/count',
    'POST /api/segments/count',
    'POST /api/segments/preview',
    'POST /api/sign-in-settings/providers/:id/check',
  ]),
  ...because('prepares what nothing comes of until it is started or read, which has an entry', [
    'POST /api/customer-imports',
    'POST /api/history-imports',
    'POST /api/history-imports/:id/files',
    'PUT /api/history-imports/:id/matches/:match',
  ]),
  ...because('goes on with what has an entry from its beginning', ['POST /api/channels/:id/trial-calls/:call']),
  ...because('turns a page of the first steps', ['PATCH /api/start']),
};

function because(reason: string, doors: string[]): Record<string, string> {
  return Object.fromEntries(doors.map((door) => [door, reason]));
}
