import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { serviceTime, type DayException, type ServiceHours, type WeeklyWindow } from '#tickets';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const quarters = fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 }).map((marks) =>
  marks
    .toSorted((a, b) => a - b)
    .flatMap((from, index, all) => {
      const to = all[index + 1];
      return index % 2 === 0 && to !== undefined ? [{ from: from * 15, to: to * 15 }] : [];
    }),
);

/** Hours of a week, from some day on others, and days of their own, about the changes of clocks in spring and autumn. */
const calendars = fc.record({
  timeZone: fc.constantFrom('Asia/Tehran', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
  weeks: fc.tuple(
    fc.array(quarters, { minLength: 7, maxLength: 7 }),
    fc.array(quarters, { minLength: 7, maxLength: 7 }),
  ),
  days: fc.uniqueArray(
    fc.record({
      day: fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-25', '2026-11-01'),
      hours: quarters,
    }),
    { selector: ({ day }) => day },
  ),
});

function hoursOf({
  timeZone,
  weeks,
  days,
}: {
  timeZone: string;
  weeks: [Part[][], Part[][]];
  days: DayException[];
}): ServiceHours {
  const windows = weeks.flatMap((week, half) =>
    week.flatMap((parts, index) =>
      parts.map((part): WeeklyWindow => ({
        ...part,
        weekday: index + 1,
        since: half === 0 ? null : '2026-07-01',
        until: half === 0 ? '2026-07-01' : null,
      })),
    ),
  );
  return { timeZone, windows, exceptions: days };
}

interface Part {
  from: number;
  to: number;
}

async function store({ timeZone, windows, exceptions }: ServiceHours): Promise<string> {
  const id = uuid();
  await database.query('insert into calendar (id, name, tz) values ($1::uuid, $1::text, $2)', [id, timeZone]);
  await database.query(
    `insert into calendar_window (calendar_id, valid, dow, minutes)
     select $1, daterange(w.since, w.until), w.weekday, int4range(w."from", w."to")
     from jsonb_to_recordset($2::jsonb) as w(weekday int, "from" int, "to" int, since date, until date)`,
    [id, JSON.stringify(windows)],
  );
  await database.query(
    `insert into calendar_exception (calendar_id, day, minutes)
     select $1, e.day, coalesce((select range_agg(int4range(h."from", h."to")) from jsonb_to_recordset(e.hours) as h("from" int, "to" int)), '{}')
     from jsonb_to_recordset($2::jsonb) as e(day date, hours jsonb)`,
    [id, JSON.stringify(exceptions)],
  );
  return id;
}

it('the database finds a calendar open at the same moments as those who count service time', async () => {
  await fc.assert(
    fc.asyncProperty(
      calendars,
      fc.array(fc.integer({ min: 0, max: 365 * 1440 }), { minLength: 40, maxLength: 40 }),
      async (wish, minutes) => {
        const hours = hoursOf(wish);
        const id = await store(hours);
        const about = wish.days.flatMap(({ day }) =>
          Array.from({ length: 60 }, (_, index) => Date.parse(day) + index * 1_800_000 - 3_600_000),
        );
        const moments = [...minutes.map((minute) => Date.UTC(2026, 0, 1) + minute * 60_000 + 30_000), ...about];
        const rows = await database.query<{ open: boolean }>(
          `select calendar_open($1, to_timestamp(m.at / 1000.0)) as open from unnest($2::float8[]) with ordinality m(at, place) order by place`,
          [id, moments],
        );
        const time = serviceTime(hours);
        expect(rows.map(({ open }) => open)).toEqual(moments.map((at) => time.isOpen(at)));
      },
    ),
    { numRuns: 60 },
  );
});

it('what has no calendar is always open', async () => {
  expect(await database.query('select calendar_open(null, now()) as open')).toEqual([{ open: true }]);
});
