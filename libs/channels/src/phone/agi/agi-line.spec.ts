import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCaller, type Caller, type CallerOptions } from '../../../../../tools/stand-ins/asterisk.js';
import { asteriskConfig } from '../asterisk-settings.js';
import type { LineHappening, LineStep } from '../line.js';
import { AgiGone } from './agi-connection.js';
import { AgiLine } from './agi-line.js';
import { startAgiServer, type AgiArrival, type AgiServer } from './agi-server.js';

// Protocol-tested: the other side is a stand-in written from Asterisk's published documentation.
const settings = asteriskConfig.parse({ driver: 'asterisk' });

interface Session {
  arrival: AgiArrival;
  line: AgiLine;
  shortfalls: string[];
  nudge(): void;
  done(): void;
}

let server: AgiServer;
const refused: string[] = [];
const waiting: ((session: Session) => void)[] = [];

beforeAll(async () => {
  server = await startAgiServer({
    listen: { host: '127.0.0.1', port: 0 },
    maxCalls: 4,
    onRefused: (why) => void refused.push(why),
    onCall: (arrival) =>
      new Promise<void>((done) => {
        const shortfalls: string[] = [];
        let isNudged = false;
        const line = new AgiLine(arrival.connection, {
          settings,
          sound: (name) => (name.startsWith('unrecorded') ? null : `peyk/${name.replace(/\.wav$/u, '')}`),
          wasNudged: () => {
            const was = isNudged;
            isNudged = false;
            return was;
          },
          onShortfall: (what, detail) => void shortfalls.push(`${what} ${detail}`),
        });
        waiting.shift()?.({ arrival, line, shortfalls, nudge: () => void (isNudged = true), done });
      }),
  });
});
afterAll(() => server.close(0));

async function call(more: Partial<CallerOptions> = {}): Promise<{ caller: Caller; session: Session }> {
  const session = new Promise<Session>((resolve) => waiting.push(resolve));
  const caller = await startCaller({
    port: server.port,
    channelId: 'c1',
    token: 't1',
    from: '09121234567',
    to: '02144556677',
    speed: 1000,
    ...more,
  });
  return { caller, session: await session };
}

async function plays(
  steps: LineStep[],
  more: Partial<CallerOptions> = {},
): Promise<{ heard: LineHappening; caller: Caller; session: Session }> {
  const { caller, session } = await call(more);
  const heard = await session.line.play(steps);
  session.arrival.connection.close();
  session.done();
  await caller.over;
  return { heard, caller, session };
}

const gather = (more: object = {}): LineStep => ({
  gather: {
    dtmf: true,
    speech: false,
    hints: [],
    numDigits: null,
    finishOnKey: '#',
    timeoutMs: 3000,
    locale: 'fa',
    ...more,
  },
});
const menu: LineStep = { play: 'prompts/menu.fa.wav', locale: 'fa' };
const again: LineStep = { play: 'prompts/again.fa.wav', locale: 'fa' };

describe('a line of an exchange', () => {
  it('reads who calls and which channel they are for, wherever TCP cuts it', async () => {
    for (const pieces of [1, 7, 4096]) {
      const { caller, session } = await call({ pieces, name: 'سارا' });
      expect(session.arrival).toMatchObject({
        channelId: 'c1',
        token: 't1',
        path: '',
        environment: { callerid: '09121234567', dnid: '02144556677', calleridname: 'سارا' },
      });
      expect(await session.line.variable('CHANNEL(linkedid)')).toBe(session.arrival.environment['uniqueid']);
      session.done();
      await caller.over;
    }
  });

  it('asks for keys until the last one, and keeps what was pressed into a prompt', async () => {
    const { heard, caller } = await plays([menu, gather()], { hears: [['menu', '12#9']] });
    expect(heard).toEqual({ kind: 'heard', digits: '12', speech: '' });
    expect(caller.played()).toEqual(['peyk/prompts/menu.fa']);
  });

  it('stops at the number of keys that are wanted, and plays no further once a key was pressed', async () => {
    const { heard, caller } = await plays([menu, again, gather({ numDigits: 1, finishOnKey: null })], {
      hears: [['menu', '#']],
    });
    expect(heard).toEqual({ kind: 'heard', digits: '#', speech: '' });
    expect(caller.played()).toEqual(['peyk/prompts/menu.fa']);
  });

  it('hears silence as silence', async () => {
    const { heard, caller } = await plays([menu, gather()]);
    expect(heard).toEqual({ kind: 'heard', digits: '', speech: '' });
    expect(caller.transcript.filter((line) => line.startsWith('WAIT FOR DIGIT 1000'))).toHaveLength(3);
  });

  it('does not let keys stop what must be heard', async () => {
    const { heard, caller } = await plays([menu, again, { again: { afterMs: 1000 } }], { hears: [['menu', '1']] });
    expect(heard).toEqual({ kind: 'played' });
    expect(caller.played()).toEqual(['peyk/prompts/menu.fa', 'peyk/prompts/again.fa']);
  });

  it('says when it cannot play something, and goes on', async () => {
    const { heard, session } = await plays(
      [
        { play: 'unrecorded.wav', locale: 'fa' },
        menu,
        { say: 'hello', locale: 'en' },
        gather({ dtmf: false, speech: true }),
      ],
      { missing: ['peyk/prompts/menu.fa'] },
    );
    expect(heard).toEqual({ kind: 'heard', digits: '', speech: '' });
    expect(session.shortfalls).toEqual([
      'no_sound unrecorded.wav',
      'no_sound peyk/prompts/menu.fa',
      'no_sound en',
      'no_speech ',
    ]);
  });

  it('holds with music for a stretch, or until it is nudged', async () => {
    const { heard, caller } = await plays([{ hold: { music: null, maxMs: 60_000 } }]);
    expect(heard).toEqual({ kind: 'held' });
    expect(caller.transcript.filter((line) => line.startsWith('WAIT'))).toHaveLength(3);
    const slow = await call({ speed: 1 });
    const held = slow.session.line.play([{ hold: { music: null, maxMs: 3_000 } }]);
    slow.session.nudge();
    slow.caller.press('5');
    expect(await held).toEqual({ kind: 'held' });
    expect(slow.caller.transcript.filter((line) => line.startsWith('WAIT')).length).toBeLessThan(2);
    slow.caller.hangUp();
    slow.session.done();
    await slow.caller.over;
  });

  it('puts somebody through and says what came of it', async () => {
    const dial = (address: string, more: object = {}): LineStep => ({
      dial: {
        leg: 'leg-1',
        to: { kind: 'extension', address },
        timeoutSecs: 20,
        callerId: null,
        record: true,
        ...more,
      },
    });
    const phones = {
      'PJSIP/101': { answers: true, talkMs: 1 },
      'PJSIP/102': { answers: false, status: 'BUSY' },
      'PJSIP/103': { answers: false, status: 'NOANSWER' },
    } as const;
    // The stand-in runs what answers on the phone as a call of its own; nobody serves it here.
    const quiet = asteriskConfig.parse({ driver: 'asterisk', dial: { answeredContext: '' } });
    const said: LineHappening[] = [];
    for (const address of ['101', '102', '103', '104', '105,Hangup()']) {
      const { caller, session } = await call({ phones });
      const line = new AgiLine(session.arrival.connection, {
        settings: quiet,
        sound: () => null,
        wasNudged: () => false,
        onShortfall: (what) => void session.shortfalls.push(what),
      });
      said.push(await line.play([dial(address)]));
      if (address === '101') {
        expect(caller.transcript).toContain('EXEC Dial "PJSIP/101,20,gm(default)" -> 200 result=0');
        expect(caller.transcript).toContain(
          'EXEC MixMonitor "/var/spool/asterisk/monitor/peyk/peyk-leg-1.wav,b" -> 200 result=0',
        );
        expect(caller.variables.get('PEYK_LEG')).toBe('leg-1');
      }
      session.done();
      await caller.over;
    }
    expect(said).toEqual([
      { kind: 'dialled', leg: 'leg-1', result: 'answered', seconds: 7 },
      { kind: 'dialled', leg: 'leg-1', result: 'busy', seconds: null },
      { kind: 'dialled', leg: 'leg-1', result: 'no_answer', seconds: null },
      { kind: 'dialled', leg: 'leg-1', result: 'failed', seconds: null },
      { kind: 'dialled', leg: 'leg-1', result: 'failed', seconds: null },
    ]);
  });

  it('records what is said, also when the caller hangs up behind it', async () => {
    const record: LineStep = { record: { maxMs: 60_000, finishOnKey: '#' } };
    const { heard } = await plays([record], { speaks: { seconds: 5 } });
    expect(heard).toMatchObject({
      kind: 'recorded',
      seconds: 5,
      reference: expect.stringMatching(/^asterisk:peyk-[\w-]+\.wav$/),
    });
    const left = await plays([record], { speaks: { seconds: 4, thenHangsUp: true } });
    expect(left.heard).toMatchObject({ kind: 'recorded', seconds: 4 });
    const nothing = await plays([record]);
    expect(nothing.heard).toEqual({ kind: 'recorded', reference: null, id: null, seconds: 0 });
  });

  it('ends where the caller leaves: in a prompt, in a wait, without a word', async () => {
    const inPrompt = await call({ hangsUpDuring: 'menu' });
    await expect(inPrompt.session.line.play([menu, gather()])).rejects.toThrow(AgiGone);
    inPrompt.session.done();
    const inWait = await call({ speed: 1 });
    const waits = inWait.session.line.play([gather()]);
    inWait.caller.hangUp();
    await expect(waits).rejects.toThrow(AgiGone);
    inWait.session.done();
    const cut = await call({ speed: 1 });
    const listens = cut.session.line.play([gather()]);
    cut.caller.cut();
    await expect(listens).rejects.toThrow(AgiGone);
    cut.session.done();
    await Promise.all([inPrompt, inWait, cut].map(({ caller }) => caller.over));
  });

  it('still tells how a talk ended when the caller has left', async () => {
    const { caller, session } = await call({
      phones: { 'PJSIP/101': { answers: true, talkMs: 1 } },
      hangsUpDuring: 'never',
    });
    caller.variables.set('DIALSTATUS', 'ANSWER');
    caller.hangUp();
    expect(await session.line.variable('DIALSTATUS')).toBe('ANSWER');
    await expect(session.line.play([menu])).rejects.toThrow(AgiGone);
    session.done();
    await caller.over;
  });
});

describe('the door for exchanges', () => {
  it('refuses who speaks something else, or too much of it', async () => {
    const before = refused.length;
    for (const text of ['GET / HTTP/1.1\r\n\r\n', 'x'.repeat(10_000)]) {
      const socket = connect({ host: '127.0.0.1', port: server.port });
      socket.on('error', () => undefined).write(text);
      await once(socket, 'close');
    }
    expect(refused.slice(before)).toEqual(['not_agi', 'not_agi']);
  });

  it('waits for an introduction as a whole, however slowly it is told', async () => {
    const told: string[] = [];
    const slow = await startAgiServer({ listen: { host: '127.0.0.1', port: 0 }, introduceMs: 60, onCall: () => Promise.resolve(), onRefused: (why) => void told.push(why) }); // prettier-ignore
    const socket = connect({ host: '127.0.0.1', port: slow.port });
    const dripping = setInterval(() => socket.write('agi_x: y\n'), 10);
    await once(
      socket.on('error', () => undefined),
      'close',
    );
    clearInterval(dripping);
    expect(told).toEqual(['not_agi']);
    await slow.close(0);
  });

  it('keeps no caller out because of those who only connect', async () => {
    const idle = Array.from({ length: 101 }, () => connect({ host: '127.0.0.1', port: server.port }));
    idle.forEach((socket) => socket.on('error', () => undefined));
    await once(idle[0]!, 'close');
    const { caller, session } = await call();
    session.done();
    await caller.over;
    idle.forEach((socket) => socket.destroy());
  });

  it('refuses more calls than it may have', async () => {
    const calls = [await call(), await call(), await call(), await call()];
    const before = refused.length;
    const fifth = await startCaller({ port: server.port, channelId: 'c1', token: 't1', from: '', to: '' });
    await fifth.over;
    expect(refused.slice(before)).toEqual(['too_many']);
    calls.forEach(({ session }) => session.done());
    await Promise.all(calls.map(({ caller }) => caller.over));
  });
});
