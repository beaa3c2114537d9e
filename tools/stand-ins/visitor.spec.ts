import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Server } from 'socket.io';
import type { VisitorCalls, VisitorEvents, VisitorMessage } from '#contract';
import { connectVisitor, VisitorRefused, type Visitor } from './visitor.js';
import { VisitorScreen } from './visitor-screen.js';

/** The least of a hub that a visitor can talk to, with its faults at hand. */
async function startChat() {
  const stored: VisitorMessage[] = [];
  const calls: string[] = [];
  const chat = { answersToLose: 0, refuse: '', telling: true };
  const http = createServer((request, response) => {
    calls.push(`${String(request.method)} ${String(request.url)}`);
    response.writeHead(request.url === '/api/chat/web/session' ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ token: 'a-token', name: 'Chat', locale: 'en' }));
  });
  const server = new Server<VisitorCalls, VisitorEvents>(http);
  const visitors = server.of('/visitor');
  const add = (from: VisitorMessage['from'], body: string, id = `hub-${String(stored.length + 1)}`): VisitorMessage => {
    const seq = stored.length + 1;
    const message = { id, seq, rev: seq, at: new Date(0).toISOString(), from, name: '', body };
    stored.push({ ...message, attachments: [], delivery: null });
    return stored.at(-1) as VisitorMessage;
  };
  const tell = (message: VisitorMessage): void => {
    visitors.emit('messages', { since: message.rev - 1, rev: message.rev, messages: [message] });
  };
  visitors.use((socket, next) => {
    const { token } = socket.handshake.auth as { token: string };
    next(token === 'a-token' ? undefined : Object.assign(new Error('no'), { data: { code: 'unauthenticated' } }));
  });
  visitors.on('connection', (socket) => {
    socket.on('say', ({ id, body }, answer) => {
      calls.push(`say ${id}`);
      const known = stored.find((message) => message.id === id);
      if (chat.refuse) {
        answer({ ok: false, code: chat.refuse });
        return;
      }
      const message = known ?? add('me', body, id);
      if (chat.answersToLose > 0) {
        chat.answersToLose -= 1;
        socket.conn.close();
        return;
      }
      tell(message);
      answer({ ok: true, value: { seq: message.seq, rev: message.rev } });
    });
    socket.on('catch-up', ({ rev }, answer) => {
      calls.push(`catch-up ${String(rev)}`);
      answer({ ok: true, value: { rev: stored.length, messages: stored.filter((one) => one.rev > rev) } });
    });
    socket.on('seen', ({ seq }) => calls.push(`seen ${String(seq)}`));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`;
  return { url, chat, calls, add, tell, close: () => server.close() };
}

describe('a visitor stand-in', () => {
  let hub: Awaited<ReturnType<typeof startChat>>;
  let visitor: Visitor | null = null;

  beforeEach(async () => {
    hub = await startChat();
  });

  afterEach(async () => {
    visitor?.close();
    visitor = null;
    await hub.close();
  });

  const bodies = (): string[] | undefined => visitor?.screen.messages.map(({ body }) => body);

  it('shows the conversation so far, says something and hears the answer', async () => {
    hub.add('agent', 'welcome back');
    visitor = await connectVisitor({ hub: hub.url, channel: 'web' });
    const said = await visitor.say('hello');
    hub.tell(hub.add('agent', 'hi'));
    await visitor.waitFor(({ body }) => body === 'hi');
    expect(said.seq).toBe(2);
    expect(bodies()).toEqual(['welcome back', 'hello', 'hi']);
    expect(visitor.screen.faults).toEqual([]);
  });

  it('says it again under the same id when the answer is lost with the connection', async () => {
    visitor = await connectVisitor({ hub: hub.url, channel: 'web' });
    hub.chat.answersToLose = 1;
    const said = await visitor.say('hello');
    expect(hub.calls.filter((call) => call.startsWith('say'))).toEqual([`say ${said.id}`, `say ${said.id}`]);
    await visitor.waitFor(({ body }) => body === 'hello');
    expect(bodies()).toEqual(['hello']);
  });

  it('gets what it missed while it was away, and what a gap hid', async () => {
    visitor = await connectVisitor({ hub: hub.url, channel: 'web' });
    visitor.disconnect();
    hub.add('agent', 'while you were away');
    await visitor.reconnect();
    hub.add('agent', 'never told');
    hub.tell(hub.add('agent', 'told'));
    await visitor.waitFor(({ body }) => body === 'told');
    expect(bodies()).toEqual(['while you were away', 'never told', 'told']);
    expect(visitor.screen.dropped.ahead).toBe(1);
    expect(visitor.screen.faults).toEqual([]);
  });

  it('says why it was refused, at the door and in the room', async () => {
    await expect(connectVisitor({ hub: hub.url, channel: 'web', token: 'stolen' })).rejects.toEqual(
      new VisitorRefused('unauthenticated'),
    );
    await expect(connectVisitor({ hub: hub.url, channel: 'none' })).rejects.toEqual(new VisitorRefused('404'));
    visitor = await connectVisitor({ hub: hub.url, channel: 'web' });
    hub.chat.refuse = 'too_many';
    await expect(visitor.say('spam')).rejects.toEqual(new VisitorRefused('too_many'));
  });

  it('tells what it has read', async () => {
    visitor = await connectVisitor({ hub: hub.url, channel: 'web' });
    hub.tell(hub.add('agent', 'read me'));
    await visitor.waitFor(({ body }) => body === 'read me');
    visitor.seen();
    await visitor.say('done');
    expect(hub.calls).toContain('seen 1');
  });
});

describe('the judge of a visitor’s screen', () => {
  const build = (seq: number, more: Partial<VisitorMessage> = {}): VisitorMessage => {
    const message = {
      id: `m${String(seq)}`,
      seq,
      rev: seq,
      at: '',
      name: '',
      body: '',
      attachments: [],
      delivery: null,
    };
    return { ...message, from: 'agent', ...more };
  };
  const judge = (...frames: { since: number; rev: number; messages: VisitorMessage[] }[]): string[] => {
    const screen = new VisitorScreen();
    frames.forEach((frame) => screen.framed(frame));
    return screen.faults.map(({ kind }) => kind);
  };
  const first = { since: 0, rev: 2, messages: [build(2)] };

  it('passes what a correct hub sends, receipts and repeated frames included', () => {
    const receipt = { since: 2, rev: 3, messages: [build(2, { rev: 3, delivery: 'read' })] };
    expect(judge(first, first, receipt)).toEqual([]);
  });

  it.each([
    ['shown twice', build(3, { id: 'm2', rev: 3 })],
    ['place taken', build(2, { id: 'other', rev: 3 })],
    ['out of order', build(1, { rev: 3 })],
    ['came back', build(2, { rev: 1 })],
  ])('sees a message that is %s', (kind, message) => {
    expect(judge(first, { since: 2, rev: 3, messages: [message] })).toEqual([kind]);
  });

  it('forgives an answer to catch-up that a newer frame has overtaken', () => {
    const screen = new VisitorScreen();
    screen.framed({ since: 0, rev: 2, messages: [build(1, { rev: 2, delivery: 'read' })] });
    screen.caughtUp({ rev: 1, messages: [build(1)] });
    expect(screen.faults).toEqual([]);
    expect(screen.messages[0]?.delivery).toBe('read');
  });

  it('sees one message stored at two places', () => {
    const screen = new VisitorScreen();
    screen.stored('mine', 1);
    screen.stored('mine', 1);
    screen.stored('mine', 2);
    expect(screen.faults.map(({ kind }) => kind)).toEqual(['stored twice']);
  });
});
