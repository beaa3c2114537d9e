import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { buildQueue } from '../support/live-client.js';
import { freshMail, PeopleDesk } from '../support/people-desk.js';

let desk: PeopleDesk;
beforeAll(async () => {
  desk = await PeopleDesk.start({ env: { ROLE: 'web' } });
});
afterAll(() => desk.stop());

it('a thread that an undo cut from a restricted ticket is answered and shown by nobody but those who may read it', async () => {
  const { database } = desk.hub;
  const restricted = await buildQueue(database, { restricted: true });
  const writer = await desk.hear({ kind: 'email', address: freshMail(), trust: 'proven' }, desk.mail);
  const [thread, subject] = [uuid(), `canary ${uuid()}`];
  await database.query(
    'insert into thread (id, conversation_id, channel_id, subject, participants, verified) values ($1, $2, $3, $4, $5, true)',
    [thread, writer.conversation, desk.mail.id, subject, [writer.address]],
  );
  await database.query(
    `insert into message (id, conversation_id, channel_id, identity_id, thread_id, direction, author, body, restricted_by)
     values ($1, $2, $3, $4, $5, 'in', 'customer', 'secret', $6)`,
    [uuid(), writer.conversation, desk.mail.id, writer.identity, thread, restricted],
  );
  const path = `/api/conversations/${writer.conversation}`;
  const options = `${path}/reply-options?channelId=${desk.mail.id}&identityId=${writer.identity}&threadId=${thread}`;
  const answer = (id: string) => ({
    body: { id, kind: 'text', body: 'hello', channelId: desk.mail.id, identityId: writer.identity, threadId: thread },
  });
  expect((await desk.agent.call(options)).status).toBe(404);
  expect((await desk.agent.call(`/api/threads/${thread}/place`)).status).toBe(404);
  expect((await desk.agent.call(`/api/threads/${uuid()}/place`)).status).toBe(404);
  const refused = await desk.agent.call(`${path}/messages`, answer(uuid()));
  expect(refused.status).toBe(404);
  expect(refused.text).not.toContain(subject);
  expect((await desk.admin.call(options)).body).toMatchObject({ subject });
  expect((await desk.admin.call(`/api/threads/${thread}/place`)).body).toMatchObject({ subject });
  expect((await desk.admin.call(`${path}/messages`, answer(uuid()))).status).toBe(201);
});
