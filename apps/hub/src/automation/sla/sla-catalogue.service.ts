import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import {
  aroundTheClock,
  calendarHours,
  choosePolicy,
  serviceTime,
  type PinnedTerms,
  type ServiceHours,
  type ServiceTime,
  type SlaCandidate,
  type SlaFacts,
  type SlaScope,
  type SlaTerms,
} from '#tickets';

/** What a version of a policy says, as it is stored. */
export interface SlaBody extends SlaTerms {
  scope: SlaScope;
}

interface VersionRow {
  id: string;
  policyId: string;
  body: SlaBody;
}

interface CalendarRow {
  id: string;
  /** Which version of the row this is; every change of a calendar writes it. */
  stamp: string;
}

interface Published extends SlaCandidate {
  version: VersionRow;
}

/** The policies and calendars of one moment, as a transaction reads them. */
export interface SlaCatalogue {
  governing(facts: SlaFacts): PinnedTerms | null;
  /** Throws for a version that was not asked for. */
  termsOf(versionId: string): PinnedTerms;
}

const publishedPolicies = `
select v.id, v.policy_id as "policyId", v.body, p.position from sla_policy p join sla_policy_version v on v.policy_id = p.id
where p.enabled and v.status = 'published' order by p.position, p.id`;

const hoursOfCalendar = `select ${calendarHours} from calendar c where c.id = $1`;

/** Reads what is promised. Published versions never change and a calendar's row tells by its version that it changed, so what was laid out once is kept. */
@Injectable()
export class SlaCatalogues {
  private readonly versions = new Map<string, VersionRow>();
  private readonly times = new Map<string, { stamp: string; time: ServiceTime }>();

  /** `pinned`: versions that live clocks are pinned to. */
  async read(sql: Sql, pinned: readonly string[]): Promise<SlaCatalogue> {
    const rows = await sql.query<VersionRow & { position: number }>(publishedPolicies);
    const published = rows.map(({ id, policyId, body, position }): Published => ({
      id,
      position,
      scope: body.scope,
      version: { id, policyId, body },
    }));
    const older = await this.versionsOf(sql, pinned);
    const versions = new Map([...published.map(({ version }) => version), ...older].map((row) => [row.id, row]));
    const times = await this.timesOf(sql, [...versions.values()]);
    const pin = ({ id, policyId, body }: VersionRow): PinnedTerms => ({
      versionId: id,
      policyId,
      terms: body,
      time: body.calendarId === null ? aroundTheClock : (times.get(body.calendarId) ?? aroundTheClock),
    });
    return {
      governing: (facts) => {
        const policy = choosePolicy(published, facts);
        return policy && pin(policy.version);
      },
      termsOf: (versionId) => {
        const row = versions.get(versionId);
        if (!row) {
          throw new Error(`The version ${versionId} of a policy was not read`);
        }
        return pin(row);
      },
    };
  }

  /** The hours of a calendar as they are stored now. */
  async hoursOf(sql: Sql, calendarId: string): Promise<ServiceHours | null> {
    const [hours] = await sql.query<ServiceHours & Record<string, unknown>>(hoursOfCalendar, [calendarId]);
    return hours ?? null;
  }

  private async versionsOf(sql: Sql, ids: readonly string[]): Promise<VersionRow[]> {
    const missing = [...new Set(ids)].filter((id) => !this.versions.has(id));
    if (missing.length > 0) {
      const rows = await sql.query<VersionRow & Record<string, unknown>>(
        'select id, policy_id as "policyId", body from sla_policy_version where id = any ($1::uuid[])',
        [missing],
      );
      rows.forEach((row) => this.versions.set(row.id, row));
    }
    return ids.map((id) => this.versions.get(id)).filter((row) => row !== undefined);
  }

  private async timesOf(sql: Sql, versions: readonly VersionRow[]): Promise<Map<string, ServiceTime>> {
    const ids = [...new Set(versions.map(({ body }) => body.calendarId).filter((id) => id !== null))];
    const rows =
      ids.length === 0
        ? []
        : await sql.query<CalendarRow & Record<string, unknown>>(
            'select id, xmin::text as stamp from calendar where id = any ($1::uuid[])',
            [ids],
          );
    const times = new Map<string, ServiceTime>();
    for (const { id, stamp } of rows) {
      times.set(id, await this.timeOf(sql, id, stamp));
    }
    return times;
  }

  private async timeOf(sql: Sql, id: string, stamp: string): Promise<ServiceTime> {
    const known = this.times.get(id);
    if (known?.stamp === stamp) {
      return known.time;
    }
    const hours = await this.hoursOf(sql, id);
    const time = hours === null ? aroundTheClock : serviceTime(hours);
    this.times.set(id, { stamp, time });
    return time;
  }
}
