import { z } from 'zod';
import { intentSchema, nodeSchema } from './nodes.js';
import {
  durationSchema,
  labelSchema,
  locales,
  nameSchema,
  scriptChannels,
  scriptLimits,
  targetSchema,
  writtenValueSchema,
} from './terms.js';

export type * from './condition.js';
export type * from './nodes.js';
export type * from './terms.js';

export const scriptFormat = 'hub-script/1';

/** How far a script may run before the fallback takes over; what is not written here is `defaultRunLimits`. */
const runLimitsSchema = z.strictObject({
  stepsPerTurn: z.int().min(1).max(200).exactOptional(),
  turns: z.int().min(1).max(500).exactOptional(),
  visits: z.int().min(1).max(100).exactOptional(),
  callDepth: z.int().min(0).max(5).exactOptional(),
  smsParts: z.int().min(1).max(10).exactOptional().describe('The linter warns of texts with more SMS parts.'),
  silence: durationSchema.exactOptional().describe('After so much silence a written conversation is over.'),
});

/** What holds where a script says nothing of its limits. */
export const defaultRunLimits = {
  stepsPerTurn: 40,
  turns: 60,
  visits: 6,
  callDepth: 5,
  smsParts: 3,
  silence: '30m',
} as const;

/** Amounts of money are numbers of this currency. IRT is the toman, ten rials. */
export const defaultCurrency = 'IRT';

const varSchema = z.strictObject({
  type: z.enum(['text', 'number', 'boolean', 'date', 'list', 'object']),
  default: writtenValueSchema.exactOptional(),
  pii: z.boolean().exactOptional().describe('Of the customer: masked wherever it is stored or told.'),
  note: z.string().max(1_000).exactOptional(),
});

const startSchema = z.strictObject({
  default: targetSchema,
  ...(Object.fromEntries(scriptChannels.map((channel) => [channel, targetSchema.exactOptional()])) as Record<
    (typeof scriptChannels)[number],
    z.ZodExactOptional<typeof targetSchema>
  >),
});

/**
 * A script of `hub-script/1`: plain data, the same whether it was written as YAML or JSON. Everything that the schema cannot see
 * (missing targets, loops, languages) is the linter's.
 */
export const scriptSchema = z.strictObject({
  format: z.literal(scriptFormat),
  id: nameSchema,
  title: labelSchema,
  note: z.string().max(4_000).exactOptional(),
  locales: z.array(z.enum(locales)).min(1).max(locales.length),
  default_locale: z.enum(locales),
  channels: z.array(z.enum(scriptChannels)).min(1).max(scriptChannels.length),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: 'bad_currency' })
    .exactOptional(),
  limits: runLimitsSchema.exactOptional(),
  vars: z.record(nameSchema, varSchema).exactOptional(),
  intents: z.record(nameSchema, intentSchema).exactOptional(),
  start: startSchema,
  fallback: targetSchema.describe('Where everything goes that went wrong: a way to a person.'),
  nodes: z.record(nameSchema, nodeSchema),
});
export type Script = z.infer<typeof scriptSchema>;

/** The JSON Schema of the format, for editors that help and check while somebody writes. */
export function scriptJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(scriptSchema, { target: 'draft-2020-12', io: 'input', reused: 'ref' });
  const { $schema, ...rest } = schema;
  return {
    $schema,
    $id: 'https://peyk.invalid/schemas/hub-script-1.json',
    title: 'Peyk script (hub-script/1)',
    ...rest,
  } as Record<string, unknown>;
}

/** How much a script holds besides its shape; the reader refuses what is larger. */
export const scriptCounts = {
  nodes: scriptLimits.nodes,
  intents: scriptLimits.intents,
  vars: scriptLimits.vars,
} as const;
