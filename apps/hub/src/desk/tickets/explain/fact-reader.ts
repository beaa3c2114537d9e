import type { ExplainCandidate, ExplainChoice, Named } from '#contract';

type Payload = Readonly<Record<string, unknown>>;

const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every id in a payload, wherever it stands: what may have a name. */
export function idsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return uuidShape.test(value) ? [value] : [];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(idsIn) : [];
}

/**
 * Reads the payload of a recorded decision, whichever version of the hub wrote it: what is not there, or not as it should be, is null,
 * none or nothing. `names` are those that things have now.
 */
export class FactReader {
  constructor(
    private readonly payload: Payload,
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  text(key: string): string | null {
    const value = this.payload[key];
    return typeof value === 'string' ? value : null;
  }

  /** What was recorded as a word out of a few. */
  word<Word extends string>(key: string, words: readonly Word[]): Word | null {
    return words.find((word) => word === this.payload[key]) ?? null;
  }

  number(key: string): number | null {
    const value = this.payload[key];
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  }

  is(key: string): boolean {
    return this.payload[key] === true;
  }

  named(key: string): Named | null {
    const id = this.text(key);
    return id === null ? null : this.nameOf(id);
  }

  namedList(key: string): Named[] {
    const list = this.payload[key];
    return Array.isArray(list) ? list.filter((id) => typeof id === 'string').map((id) => this.nameOf(id)) : [];
  }

  part(key: string): FactReader {
    const value = this.payload[key];
    return new FactReader(isPayload(value) ? value : {}, this.names);
  }

  parts(key: string): FactReader[] {
    const list = this.payload[key];
    return Array.isArray(list) ? list.filter(isPayload).map((one) => new FactReader(one, this.names)) : [];
  }

  choice(): ExplainChoice {
    return {
      strategy: this.text('strategy'),
      why: this.text('why'),
      eligible: this.number('eligible'),
      candidates: this.parts('candidates').flatMap((one) => one.candidate() ?? []),
      waitedMs: this.number('waitedMs'),
      ahead: this.number('ahead'),
    };
  }

  private candidate(): ExplainCandidate | null {
    const agent = this.named('agentId');
    return (
      agent && {
        agent,
        skill: this.number('skill'),
        idleMs: this.number('idleMs'),
        load: this.number('load'),
        sinceMs: this.number('sinceMs'),
        isSticky: this.is('isSticky'),
      }
    );
  }

  private nameOf(id: string): Named {
    return { id, name: this.names.get(id) ?? '' };
  }
}
