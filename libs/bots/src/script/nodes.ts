import { z } from 'zod';
import { conditionSchema } from './condition.js';
import {
  durationSchema,
  labelSchema,
  localTextSchema,
  localWordsSchema,
  messageSchema,
  nameSchema,
  scriptChannels,
  scriptLimits,
  targetSchema,
  writtenValueSchema,
  type ScriptChannel,
} from './terms.js';

/** A template that an agent or another program reads, not a customer: it has one language. */
const inner = z.string().trim().min(1, { error: 'empty_text' }).max(scriptLimits.text);
const place = z.string().trim().min(1, { error: 'empty_text' }).max(100);
const values = z.record(nameSchema, writtenValueSchema);

/** What every node may carry besides what it does. */
const always = {
  note: z.string().max(1_000).exactOptional().describe('For whoever edits the script; customers never see it.'),
  at: z.strictObject({ x: z.number(), y: z.number() }).exactOptional().describe('Where the node stands on the canvas.'),
};

/**
 * What happens when an answer is not understood: `noMatch` is said at the first, second, third time (the last one again and again),
 * after `max` times the script goes to `then`. Silence on the phone counts too and is answered by `noInput`.
 */
export const retrySchema = z.strictObject({
  max: z.int().min(0).max(5),
  noMatch: z.array(messageSchema).max(5).exactOptional(),
  noInput: z.array(messageSchema).max(5).exactOptional(),
  // oxlint-disable-next-line unicorn/no-thenable -- The format's own word; it holds the name of a node.
  then: targetSchema.exactOptional().describe('Where it goes after that; without it to the fallback.'),
});
export type Retry = z.infer<typeof retrySchema>;

const perChannel = Object.fromEntries(
  scriptChannels.map((channel) => [channel, durationSchema.exactOptional()]),
) as Record<ScriptChannel, z.ZodExactOptional<typeof durationSchema>>;

/** How long an answer is waited for. */
export const timeoutSchema = z.strictObject({
  after: z.union([durationSchema, z.strictObject({ default: durationSchema.exactOptional(), ...perChannel })]),
  // oxlint-disable-next-line unicorn/no-thenable -- As above.
  then: targetSchema,
});
export type Timeout = z.infer<typeof timeoutSchema>;

const waiting = { retry: retrySchema.exactOptional(), timeout: timeoutSchema.exactOptional() };

export const optionSchema = z.strictObject({
  id: nameSchema,
  label: labelSchema,
  dtmf: z
    .string()
    .regex(/^[0-9*#]$/, { error: 'bad_key' })
    .exactOptional()
    .describe('The key on a phone.'),
  say: localWordsSchema.exactOptional().describe('Other words that mean this option.'),
  when: conditionSchema.exactOptional().describe('Shown only where this holds.'),
  next: targetSchema,
});
export type Option = z.infer<typeof optionSchema>;

/** What may be asked for. */
export const collectTypes = [
  'text',
  'digits',
  'number',
  'money',
  'phone',
  'email',
  'date',
  'date_jalali',
  'national_id_ir',
  'order_no',
  'yes_no',
  'rating',
] as const;
export type CollectType = (typeof collectTypes)[number];

const bound = z.union([z.number(), z.string().regex(/^(?:today|\d{4}-\d{2}-\d{2})$/, { error: 'bad_bound' })]);

const say = z.strictObject({ do: z.literal('say'), ...always, message: messageSchema, next: targetSchema });

const ask = z.strictObject({
  do: z.literal('ask'),
  ...always,
  message: messageSchema,
  options: z.array(optionSchema).min(1).max(scriptLimits.options, { error: 'too_many_options' }),
  into: nameSchema.exactOptional().describe('The variable that keeps the name of the chosen option.'),
  ...waiting,
});

const collect = z.strictObject({
  do: z.literal('collect'),
  ...always,
  message: messageSchema,
  into: nameSchema,
  type: z.enum(collectTypes),
  pattern: z.string().min(1).max(200).exactOptional().describe('A pattern (RE2) that the whole value must fit.'),
  min: bound.exactOptional().describe('The least number or date, or the shortest length of a text.'),
  max: bound.exactOptional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: 'bad_currency' })
    .exactOptional()
    .describe('Of money; without it that of the script.'),
  confirm: messageSchema.exactOptional().describe('Asks yes or no before the value counts; it is {{ value }}.'),
  sensitive: z.boolean().exactOptional().describe('Never shown, stored or told in full.'),
  next: targetSchema,
  ...waiting,
});

const match = z.strictObject({
  do: z.literal('match'),
  ...always,
  message: messageSchema.exactOptional().describe('Asks first. Without it the latest text is looked at.'),
  from: nameSchema.exactOptional().describe('The variable whose text is looked at.'),
  intents: z
    .array(z.strictObject({ intent: nameSchema, next: targetSchema }))
    .min(1)
    .max(scriptLimits.intents),
  threshold: z.number().min(0.1).max(1).exactOptional(),
  margin: z.number().min(0).max(1).exactOptional(),
  confirmBetween: z.int().min(0).max(3).exactOptional().describe('How many are offered by “did you mean”; 0: none.'),
  otherwise: targetSchema,
  ...waiting,
});

const lookup = z.strictObject({
  do: z.literal('lookup'),
  ...always,
  source: z.enum(['http', 'customer', 'tickets', 'kb']),
  ref: place.exactOptional().describe('The connector that an administrator set up; never an address.'),
  args: values.exactOptional(),
  into: nameSchema,
  timeout: durationSchema.exactOptional(),
  retries: z.int().min(0).max(3).exactOptional(),
  filler: messageSchema.exactOptional().describe('Said while the answer takes long.'),
  next: targetSchema,
  onAbsent: targetSchema.exactOptional().describe('Where nothing was found; without it as onError.'),
  onError: targetSchema,
});

const branch = z.strictObject({
  do: z.literal('branch'),
  ...always,
  cases: z
    .array(z.strictObject({ when: conditionSchema, next: targetSchema }))
    .min(1)
    .max(scriptLimits.cases),
  otherwise: targetSchema,
});

const hours = z.strictObject({
  do: z.literal('hours'),
  ...always,
  calendar: place,
  open: targetSchema,
  closed: targetSchema,
  holiday: targetSchema.exactOptional().describe('Without it as closed.'),
});

const set = z.strictObject({
  do: z.literal('set'),
  ...always,
  scope: z.enum(['session', 'conversation', 'customer', 'ticket']).exactOptional(),
  values,
  next: targetSchema,
});

const tagList = z.array(z.string().trim().min(1).max(60)).max(20);
const tag = z.strictObject({
  do: z.literal('tag'),
  ...always,
  scope: z.enum(['conversation', 'customer', 'ticket']).exactOptional(),
  add: tagList.exactOptional(),
  remove: tagList.exactOptional(),
  next: targetSchema,
});

const priority = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

const ticket = z.strictObject({
  do: z.literal('ticket'),
  ...always,
  act: z.enum(['create', 'update', 'solve']),
  subject: inner.exactOptional(),
  queue: place.exactOptional(),
  priority: priority.exactOptional().describe('1 is the most urgent, 4 the least.'),
  tags: tagList.exactOptional(),
  fields: values.exactOptional(),
  summary: inner.exactOptional().describe('A note for the agents.'),
  into: nameSchema.exactOptional().describe('The variable that keeps the number of the ticket.'),
  next: targetSchema,
  onError: targetSchema,
});

const call = z.strictObject({
  do: z.literal('call'),
  ...always,
  script: nameSchema,
  args: values.exactOptional(),
  into: nameSchema.exactOptional().describe('The variable that keeps the outcome of the other script.'),
  next: targetSchema,
});

const wait = z.strictObject({ do: z.literal('wait'), ...always, for: durationSchema, next: targetSchema });

const handoff = z.strictObject({
  do: z.literal('handoff'),
  ...always,
  message: messageSchema.exactOptional(),
  queue: place.exactOptional().describe('Without it the queue of the channel.'),
  skills: z.array(place).max(10).exactOptional(),
  agent: place.exactOptional(),
  priority: priority.exactOptional(),
  summary: inner.exactOptional().describe('What the agent reads first.'),
  tags: tagList.exactOptional(),
  maxWait: durationSchema.exactOptional(),
  onUnavailable: targetSchema.describe('Where nobody can take it: the queue is closed or full.'),
  onTimeout: targetSchema.exactOptional().describe('Where nobody took it within maxWait.'),
  resume: targetSchema.exactOptional().describe('Where it goes on when an agent returns the customer.'),
});

const callback = z.strictObject({
  do: z.literal('callback'),
  ...always,
  message: messageSchema.exactOptional(),
  queue: place.exactOptional(),
  number: inner.exactOptional().describe('The number to call; without it the customer’s.'),
  window: inner.exactOptional().describe('When the customer wants to be called, in words.'),
  summary: inner.exactOptional(),
  next: targetSchema,
  onError: targetSchema.exactOptional(),
});

const voicemail = z.strictObject({
  do: z.literal('voicemail'),
  ...always,
  message: messageSchema,
  queue: place.exactOptional(),
  maxLength: durationSchema.exactOptional(),
  next: targetSchema,
  onError: targetSchema.exactOptional(),
});

const end = z.strictObject({
  do: z.literal('end'),
  ...always,
  message: messageSchema.exactOptional(),
  outcome: z.enum(['resolved', 'unresolved', 'abandoned', 'handed_off']),
  csat: z.boolean().exactOptional().describe('Asks afterwards how satisfied the customer is.'),
});

export const nodeSchema = z.discriminatedUnion('do', [
  say,
  ask,
  collect,
  match,
  lookup,
  branch,
  hours,
  set,
  tag,
  ticket,
  call,
  wait,
  handoff,
  callback,
  voicemail,
  end,
]);
export type ScriptNode = z.infer<typeof nodeSchema>;
export type NodeKind = ScriptNode['do'];
export type NodeOf<Kind extends NodeKind> = Extract<ScriptNode, { do: Kind }>;

export const nodeKinds: readonly NodeKind[] = nodeSchema.options.map((option) => option.shape.do.value);

/** What a customer may mean anywhere in a script, or where a `match` asks for it. */
export const intentSchema = z.strictObject({
  label: localTextSchema.exactOptional().describe('How “did you mean” names it; without it the first example.'),
  examples: localWordsSchema.exactOptional().describe('What customers write who mean this.'),
  keywords: localWordsSchema.exactOptional().describe('Words of which one is enough.'),
  global: z.boolean().exactOptional().describe('Understood at every question.'),
  next: targetSchema.exactOptional().describe('Where a global one leads.'),
});
