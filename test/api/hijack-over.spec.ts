import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { CustomerLinkView } from '#contract';
import {
  fileId,
  mina,
  read,
  scene,
  secret,
  startHijackScene,
  stopHijackScene,
  tracesOf,
  victim,
} from '../support/hijack-scene.js';
import { until } from '../support/until.js';

beforeAll(startHijackScene, 60_000);
afterAll(stopHijackScene);

/** A link of the victim's, made for this. */
async function linkOfVictim(kind: string): Promise<{ id: string; token: string }> {
  const identityId = victim.customer.identities.find((one) => one.kind === kind)?.id;
  const made = await scene.agent.call<CustomerLinkView>(`/api/customers/${victim.customer.id}/links`, {
    body: { identityId },
  });
  return { id: made.body.id, token: (made.body.url ?? '').replace(/^.*\/my\//, '') };
}

it.each([
  [
    'over',
    `update customer_link set created_at = created_at - interval '9 days', expires_at = clock_timestamp() - interval '1 second' where id = $1`,
  ],
  ['revoked', 'update customer_link set revoked_at = clock_timestamp() where id = $1'],
])('a link that is %s opens nothing, takes no wish and gives no file', async (_, statement) => {
  const { id, token } = await linkOfVictim('telegram');
  expect((await read(`/api/my/${token}`)).text).toContain(secret);
  await scene.hub.database.query(statement, [id]);
  for (const path of [`/api/my/${token}`, `/my/${token}`, `/my/${token}/download`, `/my/${token}/files/${fileId}`]) {
    const answer = await read(path);
    expect([answer.status, answer.text.includes(secret)]).toEqual([404, false]);
  }
  expect((await read(`/api/my/${token}/deletion`, undefined, { method: 'POST' })).status).toBe(404);
});

it('whoever has the victim’s telephone number now reads nothing of theirs and writes as nobody but themselves', async () => {
  const { token } = await linkOfVictim('phone');
  const identity = victim.customer.identities.find(({ kind }) => kind === 'phone');
  const path = `/api/customers/${victim.customer.id}/identities/${identity?.id ?? ''}`;
  expect((await scene.agent.call(path, { method: 'DELETE' })).status).toBe(200);
  expect((await read(`/api/my/${token}`)).status).toBe(404);
  const mark = `mark-${uuid()}`;
  await scene.world.twilio.sms(scene.channels.sms, {
    from: mina.phone,
    to: '+15005550006',
    body: `${mark} my invoice?`,
  });
  const [trace] = await until(
    () => tracesOf(mark),
    (rows) => rows.length > 0,
  );
  expect(trace).toMatchObject({ is_victims: false, address: mina.phone });
  const [next] = await scene.hub.database.query<{ id: string; customer_id: string }>(
    'select id, customer_id from identity where address = $1 and retired_at is null',
    [mina.phone],
  );
  const made = await scene.agent.call<CustomerLinkView>(`/api/customers/${next?.customer_id ?? ''}/links`, {
    body: { identityId: next?.id },
  });
  const page = await read(`/api/my/${(made.body.url ?? '').replace(/^.*\/my\//, '')}`);
  expect(page.text).toContain(mark);
  expect(page.text).not.toContain(secret);
  const heard = scene.world.twilio.received.filter(({ to }) => to === mina.phone).length;
  const suggested = await scene.agent.call(`/api/customers/${next?.customer_id ?? ''}/suggestions`);
  expect(suggested.body).toMatchObject({ people: [] });
  expect(scene.world.twilio.received.filter(({ to }) => to === mina.phone)).toHaveLength(heard);
});
