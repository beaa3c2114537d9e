import { describe, expect, it } from '@jest/globals';
import type { InboundCall } from '../../message.js';
import { readCdrCalls, type CdrReading } from './read-cdr-calls.js';
import { readCdrLines } from './read-cdr-lines.js';
import { sniffCdr } from './sniff-cdr.js';

const given = { timeZone: 'Asia/Tehran', defaultCountry: 'IR' };

async function read(file: string | Uint8Array, more: object = {}): Promise<CdrReading> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const terms = { ...sniffCdr(bytes, given), ...more };
  const content = (async function* () {
    // Chunks end in the middle of lines and letters.
    for (let at = 0; at < bytes.length; at += 7) {
      yield await Promise.resolve(bytes.subarray(at, at + 7));
    }
  })();
  const lines = [];
  for await (const line of readCdrLines(content, terms.encoding)) {
    lines.push(line);
  }
  return readCdrCalls(terms.hasHeader ? lines.slice(1) : lines, terms);
}

async function readOne(file: string, more: object = {}): Promise<InboundCall> {
  const { calls, faults } = await read(file, more);
  expect([calls.length, faults]).toEqual([1, []]);
  return calls[0] as InboundCall;
}

const answered =
  '"","09121234567","101","from-trunk","""Sara Ahmadi"" <09121234567>","SIP/trunk-00000001","SIP/101-00000002","Dial","SIP/101,20","2026-11-22 10:00:00","2026-11-22 10:00:08","2026-11-22 10:01:08",68,60,"ANSWERED","DOCUMENTATION","1763793000.1",""';
const header =
  'calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,recordingfile,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,linkedid,peeraccount,sequence';

function tableRow(more: Record<string, string>): string {
  const row: Record<string, string> = {
    calldate: '2026-11-22 10:00:00',
    clid: '"Sara" <09121234567>',
    src: '09121234567',
    dst: '600',
    dcontext: 'ext-queues',
    channel: 'SIP/trunk-1',
    duration: '20',
    billsec: '0',
    disposition: 'NO ANSWER',
    amaflags: '3',
    uniqueid: '1763793000.1',
    did: '02122334455',
    cnum: '09121234567',
    cnam: 'Sara',
    linkedid: '1763793000.1',
    ...more,
  };
  return header
    .split(',')
    .map((name) => `"${(row[name] ?? '').replaceAll('"', '""')}"`)
    .join(',');
}

describe('records of calls', () => {
  it('are read as cdr_csv writes them, on the clock of the exchange', async () => {
    expect(await readOne(`${answered}\n`)).toMatchObject({
      callId: '1763793000.1',
      direction: 'in',
      state: 'ended',
      outcome: 'answered',
      party: { kind: 'phone', address: '+989121234567', name: 'Sara Ahmadi' },
      startedAt: new Date('2026-11-22T06:30:00Z'),
      answeredAt: new Date('2026-11-22T06:30:08Z'),
      endedAt: new Date('2026-11-22T06:31:08Z'),
      durationSeconds: 60,
      details: {
        source: 'cdr',
        waitSeconds: 8,
        cause: 'ANSWERED',
        legs: [{ id: 'cdr SIP/101-00000002', to: '101', outcome: 'answered' }],
      },
    });
    expect(await readOne(answered, { timeZone: 'UTC' })).toMatchObject({ startedAt: new Date('2026-11-22T10:00:00Z') });
  });

  it('are the same call in whatever order and number of its rows', async () => {
    const rows = [
      tableRow({ dstchannel: 'PJSIP/101-a', sequence: '1' }),
      tableRow({
        dstchannel: 'PJSIP/102-b',
        sequence: '2',
        calldate: '2026-11-22 10:00:20',
        duration: '50',
        billsec: '40',
        disposition: 'ANSWERED',
      }),
      tableRow({
        dstchannel: 'PJSIP/103-c',
        sequence: '3',
        calldate: '2026-11-22 10:01:10',
        duration: '35',
        billsec: '30',
        disposition: 'ANSWERED',
        recordingfile: 'https://pbx.test/q-600.wav',
      }),
    ];
    const call = await readOne([header, ...rows].join('\r\n'));
    expect(call).toMatchObject({
      callId: '1763793000.1',
      outcome: 'answered',
      durationSeconds: 75,
      details: {
        queue: '600',
        line: '02122334455',
        waitSeconds: 30,
        legs: [
          { to: '101', outcome: 'no_answer', answeredAt: null },
          { to: '102', outcome: 'answered' },
          { to: '103', outcome: 'answered' },
        ],
        recordings: [{ id: expect.stringMatching(/^[\w-]{16}$/), url: 'https://pbx.test/q-600.wav' }],
      },
    });
    const again = await readOne([header, ...rows.toReversed()].join('\n'));
    expect(again.externalId).toBe(call.externalId);
    expect(again.details).toEqual(call.details);
  });

  it('are grouped by time and number where the exchange wrote no ids', async () => {
    const columns = 'calldate,src,dst,dcontext,dstchannel,duration,billsec,disposition';
    const row = (dst: string, state: string) =>
      `2026-11-22 10:00:00,09121234567,${dst},ext-group,SIP/${dst}-1,10,5,${state}`;
    const file = [
      columns,
      row('101', 'NO ANSWER'),
      row('102', 'ANSWERED'),
      '2026-11-22 10:00:00,09127654321,101,ext-local,,9,0,NO ANSWER',
    ].join('\n');
    const { calls } = await read(file);
    expect(calls.map(({ outcome, details }) => [outcome, details?.legs?.length])).toEqual([
      ['answered', 2],
      ['missed', 1],
    ]);
    expect((await read(file)).calls.map(({ callId }) => callId)).toEqual(calls.map(({ callId }) => callId));
  });

  it.each([
    ['from-trunk', '09121234567', '101', 'in'],
    ['from-pstn-e164', '02188776655', '600', 'in'],
    ['ext-did-0001', '09121234567', 's', 'in'],
    ['from-internal', '101', '09121234567', 'out'],
    ['from-internal', '02122334455', '09121234567', 'out'],
    ['ext-local', '09121234567', '101', 'in'],
    ['app-menu', 'anonymous', '101', 'in'],
  ])('of context %s from %s to %s are calls %s', async (context, src, dst, direction) => {
    const file = answered
      .replace('from-trunk', context)
      .replace('"101"', `"${dst}"`)
      .replace('"09121234567"', `"${src}"`);
    expect(await readOne(file)).toMatchObject({ direction });
  });

  it('leave out calls between two of ours, and count them', async () => {
    const internal = answered.replace('from-trunk', 'from-internal').replace('"09121234567"', '"102"');
    expect(await read([answered, internal.replace('000.1', '000.9')].join('\n'))).toMatchObject({
      internal: 1,
      rows: 2,
      calls: [{}],
    });
  });

  it('of a caller whom only a menu or a queue heard tell of nobody who answered', async () => {
    const alone = answered.replace('"SIP/101-00000002","Dial"', '"","Queue"');
    expect(await readOne(alone)).toMatchObject({ outcome: 'abandoned', answeredAt: null, durationSeconds: 0 });
    expect(await readOne(alone.replace('"Queue"', '"VoiceMail"'))).toMatchObject({ outcome: 'voicemail' });
  });

  it('that are cut off or broken are told by their line, and take nothing with them', async () => {
    const file = [
      answered,
      answered.slice(0, 60),
      answered.replace('2026-11-22 10:00:00', 'yesterday').replace('000.1', '000.2'),
      'garbage',
      answered.replace('000.1', '000.3'),
    ].join('\n');
    const { calls, faults } = await read(file);
    expect(calls.map(({ callId }) => callId)).toEqual(['1763793000.1', '1763793000.3']);
    expect(faults.map(({ line, code }) => [line, code])).toEqual([
      [2, 'truncated'],
      [3, 'not_a_time'],
      [4, 'truncated'],
    ]);
  });

  it('are read in the Persian calendar, with Persian digits and words, as Windows writes them', async () => {
    const file = ['تاریخ,مبدا,مقصد,وضعیت,مدت', '۱۴۰۵/۹/۱ ۱۰:۳۰:۰۰,۰۹۱۲۱۲۳۴۵۶۷,۱۰۱,ANSWERED,60'].join('\n');
    expect(await readOne(file)).toMatchObject({
      party: { address: '+989121234567' },
      startedAt: new Date('2026-11-22T07:00:00Z'),
      endedAt: new Date('2026-11-22T07:01:00Z'),
    });
    const name = Buffer.from([0xd3, 0xc7, 0xd1, 0xc7]);
    const [before = '', after = ''] = answered.split('Sara Ahmadi');
    const windows = Buffer.concat([Buffer.from(before), name, Buffer.from(after)]);
    expect((await read(windows)).calls[0]?.party.name).toBe('سارا');
  });

  it('are read as lines of JSON', async () => {
    const json = JSON.stringify({
      start: '2026-11-22 10:00:00',
      src: '09121234567',
      dst: '101',
      dcontext: 'from-trunk',
      dstchannel: 'SIP/101-1',
      billsec: 5,
      duration: 9,
      disposition: 'ANSWERED',
      uniqueid: '7.1',
      linkedid: '7.1',
    });
    expect(await readOne(`${json}\n\n`)).toMatchObject({ callId: '7.1', outcome: 'answered', durationSeconds: 5 });
    expect((await read(`${json}\n{"src":`)).faults).toMatchObject([{ line: 2, code: 'not_json' }]);
  });

  it('are read as a Grandstream writes them, unquoted arguments and all', async () => {
    const lines = [
      'AcctId,accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,uniqueid,userfield,channel_ext,dstchannel_ext,service',
      '62,,09121234567,5301,ext-did-0001,"pn01" <09121234567>,DAHDI/1-1,SIP/5301-00000001,Dial,SIP/5301,60,,2026-11-22 10:00:00,2026-11-22 10:00:03,2026-11-22 10:00:09,9,6,ANSWERED,DOCUMENTATION,1386092800.0,Inbound,,5301,s',
    ];
    const call = await readOne(lines.join('\n'));
    expect(call).toMatchObject({ callId: '1386092800.0', direction: 'in', outcome: 'answered', durationSeconds: 6 });
    expect(await readOne(lines[1] ?? '')).toMatchObject({ callId: '1386092800.0' });
  });

  it('are read behind a byte order mark, with semicolons', async () => {
    const file = `\ufeff${header}\n${tableRow({})}`
      .replaceAll('","', '";"')
      .replace(header, header.replaceAll(',', ';'));
    expect(await readOne(file)).toMatchObject({ outcome: 'missed', direction: 'in' });
  });
});
