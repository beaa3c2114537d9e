import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, HttpCode, Module, Post, Req } from '@nestjs/common';
import { Access } from '../../apps/hub/src/auth/access-rule.js';
import { Database } from '../../apps/hub/src/database/database.js';
import { conflict } from '../../apps/hub/src/platform/errors/api-error.js';
import type { HubRequest } from '../../apps/hub/src/platform/http/exchange.js';
import { SettlesInTransaction } from '../../apps/hub/src/platform/http/idempotency-interceptor.js';
import { buildAgent, signedIn, type Answered, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let done = 0;
let hold: Promise<void> = Promise.resolve();
let failNext = false;

@Controller('api/work')
@Access('agent')
class WorkController {
  constructor(private readonly database: Database) {}

  @Post()
  async work(@Body() body: object): Promise<object> {
    await hold;
    if (failNext) {
      failNext = false;
      throw conflict('not_now', 'Not now.');
    }
    done += 1;
    return { done, body, at: performance.now() };
  }

  @Post('silent')
  @HttpCode(204)
  silent(): void {
    done += 1;
  }

  @Post('settled')
  @SettlesInTransaction()
  async settled(@Req() request: HubRequest): Promise<object> {
    return this.database.transaction(async (tx) => {
      await tx.query(
        `insert into setting (key, value) values ('work', '1') on conflict (key) do update set value = to_jsonb((setting.value)::int + 1)`,
      );
      const answer = { done: true };
      await request.settle?.(tx, answer);
      return answer;
    });
  }
}

@Module({ controllers: [WorkController] })
class Work {}

let hub: TestHub;
let agent: Caller;

beforeAll(async () => {
  hub = await startTestHub({ rooms: [Work] });
  agent = await signedIn(hub, (await buildAgent(hub.database)).id);
});
afterAll(() => hub.stop());

function work(
  key: string,
  body: unknown = { a: 1 },
  by = agent,
  path = '/api/work',
): Promise<Answered<Record<string, unknown>>> {
  return by.call(path, { body, headers: { 'idempotency-key': key } });
}

describe('an unsafe call with a key', () => {
  it('is done once, and answered the same to the byte each time', async () => {
    const before = done;
    const [first, second] = [await work('once', { text: 'سلام' }), await work('once', { text: 'سلام' })];
    expect(done).toBe(before + 1);
    expect(second.text).toBe(first.text);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect([first.headers.get('idempotency-replayed'), second.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
  });

  it('is done once when many arrive together; the others are told to ask again', async () => {
    const before = done;
    let letGo: () => void = () => undefined;
    hold = new Promise((resolve) => (letGo = resolve));
    let answered = 0;
    const noteAnswer = (): void => {
      answered += 1;
      if (answered === 7) {
        letGo();
      }
    };
    const answers = await Promise.all(Array.from({ length: 8 }, () => work('together').finally(noteAnswer)));
    hold = Promise.resolve();
    expect(done).toBe(before + 1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body['code'] === 'idempotency_in_progress')).toHaveLength(7);
  });

  it('is refused when the key was used for something else', async () => {
    await work('other', { a: 1 });
    expect((await work('other', { a: 2 })).body).toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
      field: 'Idempotency-Key',
    });
  });

  it('belongs to its caller: the same key of somebody else is another call', async () => {
    const somebody = await signedIn(hub, (await buildAgent(hub.database)).id);
    const before = done;
    await work('mine', { a: 1 });
    await work('mine', { a: 2 }, somebody);
    expect(done).toBe(before + 2);
  });

  it('may be repeated after it failed', async () => {
    failNext = true;
    expect((await work('failed')).body).toMatchObject({ status: 409, code: 'not_now' });
    expect((await work('failed')).status).toBe(201);
  });

  it('keeps an answer without a body too', async () => {
    const before = done;
    const answers = [
      await work('silent', {}, agent, '/api/work/silent'),
      await work('silent', {}, agent, '/api/work/silent'),
    ];
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [204, ''],
      [204, ''],
    ]);
    expect(done).toBe(before + 1);
  });

  it('takes no key that cannot be one', async () => {
    expect((await work('x'.repeat(201))).body).toMatchObject({ status: 422, field: 'Idempotency-Key' });
  });

  it('without a key is done each time', async () => {
    const before = done;
    await agent.call('/api/work', { body: {} });
    await agent.call('/api/work', { body: {} });
    expect(done).toBe(before + 2);
  });
});

describe('a call that a crash cut off', () => {
  const loseAnswer = (key: string): Promise<unknown> =>
    hub.database.query(
      `update idempotency_key set status = null, answer = null, at = clock_timestamp() - interval '2 minutes' where key = $1`,
      [key],
    );

  it('says that nobody knows whether it was done', async () => {
    await work('crashed');
    await loseAnswer('crashed');
    expect((await work('crashed')).body).toMatchObject({ status: 409, code: 'idempotency_outcome_unknown' });
  });

  it('runs again when its answer would have been committed with its work', async () => {
    const path = '/api/work/settled';
    expect((await work('settled', {}, agent, path)).status).toBe(201);
    expect((await work('settled', {}, agent, path)).headers.get('idempotency-replayed')).toBe('true');
    await loseAnswer('settled');
    const answers = await Promise.all([work('settled', {}, agent, path), work('settled', {}, agent, path)]);
    expect(answers.map(({ status }) => status)).toContain(201);
    expect(await hub.database.query(`select value from setting where key = 'work'`)).toEqual([{ value: 2 }]);
  });
});
