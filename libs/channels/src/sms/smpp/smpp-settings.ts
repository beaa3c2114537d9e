import { z } from 'zod';
import { commonSettings } from '../common-settings.js';

const typeOfNumber = z.number().int().min(0).max(6);
const numberingPlan = z.number().int().min(0).max(18);

/** An account at a message centre that speaks SMPP 3.4. */
export const smppConfig = z.object({
  driver: z.literal('smpp'),
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65_535).default(2775),
  /** TLS from the first byte. */
  secure: z.boolean().default(false),
  systemId: z.string().min(1).max(15),
  systemType: z.string().max(12).default(''),
  /** One bind that sends and receives, or one of each for centres that have it so. */
  bind: z.enum(['transceiver', 'split']).default('transceiver'),
  from: z.string().trim().min(1).max(20),
  /** Type and plan of the sender's number; without them they follow from its form. */
  sourceTon: typeOfNumber.optional(),
  sourceNpi: numberingPlan.optional(),
  destTon: typeOfNumber.default(1),
  destNpi: numberingPlan.default(1),
  serviceType: z.string().max(5).default(''),
  /** What the centre means by data coding 0. */
  alphabet: z.enum(['gsm7', 'latin1', 'none']).default('gsm7'),
  /** How the parts of a long message are tied together. */
  longMessages: z.enum(['udh', 'sar', 'payload']).default('udh'),
  maxSegments: z.number().int().min(1).max(30).default(10),
  /** Requests that may wait for the centre's answer at once. */
  window: z.number().int().min(1).max(100).default(10),
  enquireSeconds: z.number().int().min(5).max(600).default(30),
  /** Some centres answer with an id in hexadecimal and name it in decimal in the receipt, or the other way round. */
  messageIds: z.enum(['same', 'hex_then_decimal', 'decimal_then_hex']).default('same'),
  receipts: z.boolean().default(true),
  ...commonSettings,
});
