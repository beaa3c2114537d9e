import { z } from 'zod';
import { nameSchema, scriptLimits } from './terms.js';

/** How a value is compared. Texts are compared by their folded spelling, so that a Persian word is equal to itself however it is typed. */
export const conditionOps = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'contains',
  'exists',
  'matches',
  'older_than',
] as const;
export type ConditionOp = (typeof conditionOps)[number];

export type ConditionValue = string | number | boolean | null | (string | number | boolean | null)[];

/** One question about a variable. `var` may reach into it: `customer.tier`, `order.items.0.name`. */
export interface ConditionTest {
  var: string;
  op: ConditionOp;
  /** Needed by all but `exists`, where false asks that nothing is there. `older_than` takes a length of time. */
  value?: ConditionValue;
}

/** Closed data: a test, or conditions within a condition. All of nothing holds, any of nothing does not. */
export type Condition = ConditionTest | { all: Condition[] } | { any: Condition[] } | { not: Condition };

const scalar = z.union([z.string().max(scriptLimits.word), z.number(), z.boolean(), z.null()]);

/** A variable, or something inside it. */
export const variablePathPattern = /^[a-z][a-z0-9_]{0,47}(?:\.[A-Za-z0-9_-]{1,64}){0,6}$/;

const testSchema = z.strictObject({
  var: z
    .string()
    .regex(variablePathPattern, { error: 'bad_variable' })
    .refine((path) => nameSchema.safeParse(path.split('.')[0]).success, { error: 'bad_variable' }),
  op: z.enum(conditionOps),
  value: z.union([scalar, z.array(scalar).max(scriptLimits.words)]).exactOptional(),
});

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).max(scriptLimits.words) }),
    z.strictObject({ any: z.array(conditionSchema).max(scriptLimits.words) }),
    z.strictObject({ not: conditionSchema }),
    testSchema,
  ]),
);

/** Every test of a condition, in the order in which they are written. */
export function testsIn(condition: Condition): ConditionTest[] {
  if ('all' in condition) {
    return condition.all.flatMap(testsIn);
  }
  if ('any' in condition) {
    return condition.any.flatMap(testsIn);
  }
  return 'not' in condition ? testsIn(condition.not) : [condition];
}
