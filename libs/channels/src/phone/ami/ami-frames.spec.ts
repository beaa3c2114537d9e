import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AmiFrames, encodeAction, NotAmi } from './ami-frames.js';

const stream = Buffer.from(
  [
    'Asterisk Call Manager/5.0.1\r\n',
    'Response: Success\r\nActionID: peyk-1\r\nMessage: Authentication accepted\r\n\r\n',
    'Event: Newchannel\r\nChannel: PJSIP/خط-00000001\r\nCallerIDName: سارا\r\nUniqueid: 1.1\r\n\r\n',
    'Event: Hangup\r\nChanVariable: a=1\r\nChanVariable: b=2\r\nCause-txt: Normal Clearing\r\n\r\n',
    '\r\nEvent: Ends\nOnly: with line feeds\n\n',
  ].join(''),
);

const expected = [
  { response: 'Success', actionid: 'peyk-1', message: 'Authentication accepted' },
  { event: 'Newchannel', channel: 'PJSIP/خط-00000001', calleridname: 'سارا', uniqueid: '1.1' },
  { event: 'Hangup', chanvariable: 'a=1\nb=2', 'cause-txt': 'Normal Clearing' },
  { event: 'Ends', only: 'with line feeds' },
];

describe('blocks of the manager interface', () => {
  it('are the same wherever TCP cuts them, letters of several bytes included', () => {
    const cuts = fc.array(fc.nat(stream.length), { maxLength: 60 });
    fc.assert(
      fc.property(cuts, (places) => {
        const frames = new AmiFrames();
        const borders = [0, ...places.toSorted((a, b) => a - b), stream.length];
        const read = borders.slice(1).flatMap((end, index) => frames.push(stream.subarray(borders[index], end)));
        expect(read).toEqual(expected);
        expect(frames.greeting).toBe('Asterisk Call Manager/5.0.1');
      }),
      { numRuns: 60 },
    );
  });

  it('end with an error where somebody sends no end of a line, or no end of lines', () => {
    const frames = new AmiFrames();
    expect(() => frames.push(Buffer.alloc(20_000, 65))).toThrow(NotAmi);
    const lines = new AmiFrames();
    lines.push(Buffer.from('hello\r\n'));
    expect(() => lines.push(Buffer.from('A: b\r\n'.repeat(3000)))).toThrow(NotAmi);
  });

  it('cannot be added by what stands in a header', () => {
    const action = encodeAction('Originate', { Exten: '1\r\nAction: Command', Variable: ['a=1', 'b=2'] });
    expect(action).toBe('Action: Originate\r\nExten: 1 Action: Command\r\nVariable: a=1\r\nVariable: b=2\r\n\r\n');
  });
});
