import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTwiml, type TwimlElement } from '../../../../../tools/stand-ins/twilio-voice-twiml.js';
import type { AgentEndpoint, LineStep } from '../line.js';
import { renderTwiml, renderTwimlWait, type TwilioLine } from './render-twiml.js';

const line: TwilioLine = {
  callId: 'CA1',
  party: '+989121234567',
  extensionsAt: null,
  way: (name, query) => `https://hub.example/hooks/twilio/c1/${name}?${new URLSearchParams(query).toString()}`,
  recording: (name) => (name.startsWith('missing') ? null : `https://hub.example/media/${name}`),
};

const menu = {
  gather: {
    dtmf: true,
    speech: true,
    hints: ['orders', 'sales, returns'],
    numDigits: 1,
    finishOnKey: null,
    timeoutMs: 6500,
    locale: 'fa',
  },
};

function verbs(steps: LineStep[], more: Partial<TwilioLine> = {}): TwimlElement[] {
  return parseTwiml(renderTwiml({ turn: 7, steps }, { ...line, ...more })).children;
}

const dial = (to: AgentEndpoint, more = {}): LineStep => ({
  dial: { leg: 'leg-1', to, timeoutSecs: 20, callerId: null, record: false, ...more },
});

describe('a reply in TwiML', () => {
  it('asks with its prompts inside, so that they can be interrupted, and is told of silence too', () => {
    const [gather, ...rest] = verbs([{ play: 'menu.fa.wav', locale: 'fa' }, { pause: { ms: 1200 } }, menu]);
    expect(rest).toEqual([]);
    expect(gather).toMatchObject({
      name: 'Gather',
      attributes: {
        input: 'dtmf speech',
        actionOnEmptyResult: 'true',
        action: 'https://hub.example/hooks/twilio/c1/voice-next?turn=7&of=gather',
        numDigits: '1',
        finishOnKey: '',
        timeout: '7',
        language: 'fa-IR',
        hints: 'orders,sales returns',
      },
      children: [
        { name: 'Play', text: 'https://hub.example/media/menu.fa.wav' },
        { name: 'Pause', attributes: { length: '2' } },
      ],
    });
  });

  it('never has Persian read aloud: it stays silent where nobody recorded it', () => {
    const steps: LineStep[] = [
      { say: 'سلام', locale: 'fa' },
      { say: 'Hello', locale: 'en' },
      { play: 'missing.wav', locale: 'fa' },
      { hangup: true },
    ];
    expect(verbs(steps)).toMatchObject([
      { name: 'Say', attributes: { language: 'en-US' }, text: 'Hello' },
      { name: 'Hangup' },
    ]);
  });

  it('listens to keys where a language is not understood', () => {
    const [gather] = verbs([{ gather: { ...menu.gather, dtmf: false, locale: 'xx' } }]);
    expect(gather?.attributes).toMatchObject({ input: 'dtmf' });
    expect(gather?.attributes).not.toHaveProperty('language');
  });

  it('keeps within what Twilio takes', () => {
    const hints = Array.from({ length: 600 }, (_, n) => `${String(n)} ${'ب'.repeat(150)}`);
    const [gather] = verbs([{ gather: { ...menu.gather, hints } }]);
    const kept = (gather?.attributes['hints'] ?? '').split(',');
    expect(Buffer.byteLength(gather?.attributes['hints'] ?? '')).toBeLessThanOrEqual(4000);
    expect(Math.max(...kept.map((hint) => hint.length))).toBe(100);
    const said = verbs([{ say: 'x'.repeat(7000), locale: 'en' }, { hangup: true }]);
    expect(said.map(({ text }) => text.length)).toEqual([3000, 3000, 1000, 0]);
  });

  it('holds in a queue of the call’s own, whose music ends and asks again', () => {
    const [queue] = verbs([{ hold: { music: 'line/fa/hold-music.wav', maxMs: 20_000 } }]);
    expect(queue).toMatchObject({ name: 'Enqueue', text: 'peyk CA1' });
    expect(queue?.attributes).toMatchObject({
      action: 'https://hub.example/hooks/twilio/c1/voice-next?turn=7&of=hold',
      waitUrl: 'https://hub.example/hooks/twilio/c1/voice-wait?ms=20000&music=line%2Ffa%2Fhold-music.wav',
    });
    const names = (document: string) => parseTwiml(document).children.map(({ name }) => name);
    expect(names(renderTwimlWait('https://hub.example/m.wav', 1000))).toEqual(['Play', 'Leave']);
    expect(names(renderTwimlWait(null, 1000))).toEqual(['Pause', 'Leave']);
  });

  it.each<[string, AgentEndpoint, string | null, object]>([
    ['a number', { kind: 'number', address: '+982111' }, null, { name: 'Number', text: '+982111' }],
    [
      'a SIP address',
      { kind: 'sip', address: 'sara@pbx.example' },
      null,
      { name: 'Sip', text: 'sip:sara@pbx.example' },
    ],
    ['a client', { kind: 'sip', address: 'client:sara' }, null, { name: 'Client', text: 'sara' }],
    [
      'an extension',
      { kind: 'extension', address: '101' },
      'pbx.example',
      { name: 'Sip', text: 'sip:101@pbx.example' },
    ],
  ])('rings %s, and hears how it went', (_, to, extensionsAt, target) => {
    const [verb] = verbs([dial(to, { record: true, callerId: '+9821' })], { extensionsAt });
    expect(verb).toMatchObject({ name: 'Dial', children: [target], attributes: { timeout: '20', callerId: '+9821' } });
    expect(verb?.attributes).toMatchObject({
      action: 'https://hub.example/hooks/twilio/c1/voice-dialled?turn=7&leg=leg-1',
      record: 'record-from-answer-dual',
      recordingStatusCallback: 'https://hub.example/hooks/twilio/c1/recording?party=%2B989121234567',
    });
    expect(verb?.children[0]?.attributes['statusCallback']).toContain('voice-status?turn=7&leg=leg-1');
  });

  it('says at once that an extension which Twilio cannot reach did not answer', () => {
    expect(verbs([dial({ kind: 'extension', address: '101' })])).toMatchObject([
      { name: 'Redirect', text: 'https://hub.example/hooks/twilio/c1/voice-dialled?turn=7&leg=leg-1&result=failed' },
    ]);
  });

  it('takes a message, and goes on when nothing is said', () => {
    expect(verbs([{ record: { maxMs: 90_000, finishOnKey: '#' } }])).toMatchObject([
      { name: 'Record', attributes: { maxLength: '90', finishOnKey: '#', playBeep: 'true' } },
      { name: 'Redirect', text: 'https://hub.example/hooks/twilio/c1/voice-recorded?turn=7&of=silence' },
    ]);
  });

  it('comes back by itself where nothing is asked', () => {
    expect(verbs([{ again: { afterMs: 700 } }])).toMatchObject([
      { name: 'Pause', attributes: { length: '1' } },
      { name: 'Redirect', text: 'https://hub.example/hooks/twilio/c1/voice-next?turn=7&of=again' },
    ]);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(']]>', '<!--', '\ud800x', '\u0000'),
);
const anyStep: fc.Arbitrary<LineStep> = fc.oneof(
  fc.record({ say: anyText, locale: fc.constantFrom('en', 'fa', 'de-DE', '') }),
  fc.record({ play: anyText, locale: anyText }),
  fc.record({ pause: fc.record({ ms: fc.nat() }) }),
);
const anyStop: fc.Arbitrary<LineStep> = fc.oneof(
  fc.record({
    gather: fc.record({
      dtmf: fc.boolean(),
      speech: fc.boolean(),
      hints: fc.array(anyText, { maxLength: 5 }),
      numDigits: fc.option(fc.integer({ min: 1, max: 20 })),
      finishOnKey: fc.option(anyText),
      timeoutMs: fc.nat(),
      locale: fc.constantFrom('fa', 'en', 'toString'),
    }),
  }),
  fc.record({ hold: fc.record({ music: fc.option(anyText), maxMs: fc.nat() }) }),
  fc.record({ hangup: fc.constant(true as const) }),
  anyText.map((address) => dial({ kind: 'sip', address })),
);

describe('any reply whatsoever', () => {
  it('is well-formed, and says what can be said, letter for letter', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 4 }), anyStop, (steps, stop) => {
        const document = renderTwiml(
          { turn: 1, steps: [...steps, stop] },
          { ...line, recording: (name) => name, way: (name, query) => `${name}?${JSON.stringify(query)}` },
        );
        expect(() => parseTwiml(document)).not.toThrow();
      }),
      { numRuns: Number(process.env['TWIML_RUNS'] ?? 300) },
    );
  });

  it('keeps every letter that XML can hold', () => {
    const said = `a<b>&"'\t\n\r ]]> سلام 😀`;
    const [say] = verbs([{ say: `${said}\u0000\ud800`, locale: 'en' }, { hangup: true }]);
    expect(say?.text).toBe(said);
  });
});
