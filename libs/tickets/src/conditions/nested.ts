import { Unreadable } from '../actions/read-terms.js';

/** Tests joined by all, any and not, as deep as their kind allows. */
export type Nested<Test> = Test | { all: Nested<Test>[] } | { any: Nested<Test>[] } | { not: Nested<Test> };

/** What conditions of one kind are made of. */
interface Kind<Test> {
  limits: { depth: number; tests: number };
  /** Said when there are more tests than that. */
  tooMany: string;
  /** @throws Unreadable */
  readTest: (written: object, at: string) => Test;
}

const groupKinds = ['all', 'any', 'not'] as const;

/**
 * A condition as somebody wrote or stored it.
 *
 * @throws Unreadable naming the first thing that is wrong and where, e.g. `conditions.all.1.value.0`
 */
export function readNested<Test extends object>(written: unknown, at: string, kind: Kind<Test>): Nested<Test> {
  return new Reading(kind).one(written, at, 1);
}

class Reading<Test extends object> {
  private tests = 0;

  constructor(private readonly kind: Kind<Test>) {}

  one(written: unknown, at: string, depth: number): Nested<Test> {
    if (written === null || typeof written !== 'object' || Array.isArray(written)) {
      throw new Unreadable(at, 'A condition is a test, or all, any or not of conditions.');
    }
    if (depth > this.kind.limits.depth) {
      throw new Unreadable(at, `Conditions may stand in one another ${String(this.kind.limits.depth)} deep.`);
    }
    const group = groupKinds.find((name) => name in written);
    return group ? this.group(written as Record<string, unknown>, group, at, depth) : this.test(written, at);
  }

  private group(
    written: Record<string, unknown>,
    group: (typeof groupKinds)[number],
    at: string,
    depth: number,
  ): Nested<Test> {
    const other = Object.keys(written).find((name) => name !== group);
    if (other !== undefined) {
      throw new Unreadable(`${at}.${other}`, 'Nothing of this name is known here.');
    }
    if (group === 'not') {
      return { not: this.one(written['not'], `${at}.not`, depth + 1) };
    }
    const members = written[group];
    if (!Array.isArray(members)) {
      throw new Unreadable(`${at}.${group}`, 'This is a list of conditions.');
    }
    const read = members.map((member, index) => this.one(member, `${at}.${group}.${String(index)}`, depth + 1));
    return group === 'all' ? { all: read } : { any: read };
  }

  private test(written: object, at: string): Test {
    this.tests += 1;
    if (this.tests > this.kind.limits.tests) {
      throw new Unreadable(at, this.kind.tooMany);
    }
    return this.kind.readTest(written, at);
  }
}

/** Every test of a condition, in the order in which they are written. */
export function testsOfNested<Test extends object>(condition: Nested<Test>): Test[] {
  if ('all' in condition) {
    return condition.all.flatMap(testsOfNested);
  }
  if ('any' in condition) {
    return condition.any.flatMap(testsOfNested);
  }
  return 'not' in condition ? testsOfNested(condition.not) : [condition];
}
