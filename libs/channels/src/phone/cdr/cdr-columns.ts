/** What a column of call records may be. The names are those of Asterisk's own records. */
export const cdrColumns = [
  'accountcode',
  'src',
  'dst',
  'dcontext',
  'clid',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start',
  'answer',
  'end',
  'duration',
  'billsec',
  'disposition',
  'amaflags',
  'uniqueid',
  'userfield',
  'did',
  'recordingfile',
  'cnum',
  'cnam',
  'outbound_cnum',
  'outbound_cnam',
  'dst_cnam',
  'linkedid',
  'peeraccount',
  'sequence',
  'direction',
  'queue',
] as const;
export type CdrColumn = (typeof cdrColumns)[number];

/** Who wrote the records: what their columns are where no header says so. */
export const cdrPresets = ['cdr_csv', 'freepbx', 'grandstream', 'json', 'other'] as const;
export type CdrPreset = (typeof cdrPresets)[number];

/** The 16 columns of Asterisk's Master.csv, and the two that its configuration may add. */
const cdrCsv: readonly CdrColumn[] = cdrColumns.slice(0, 18);

/** The table of FreePBX and Issabel, in its order. */
const freepbx: readonly CdrColumn[] = [
  'start',
  'clid',
  'src',
  'dst',
  'dcontext',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'duration',
  'billsec',
  'disposition',
  'amaflags',
  'accountcode',
  'uniqueid',
  'userfield',
  'did',
  'recordingfile',
  'cnum',
  'cnam',
  'outbound_cnum',
  'outbound_cnam',
  'dst_cnam',
  'linkedid',
  'peeraccount',
  'sequence',
];

/** A Grandstream UCM, as its programs' interface writes it: a number of its own, Asterisk's columns, and some more. */
const grandstream: readonly (CdrColumn | '')[] = ['', ...cdrCsv, '', '', ''];

const fixed: Partial<Record<CdrPreset, readonly (CdrColumn | '')[]>> = { cdr_csv: cdrCsv, freepbx, grandstream };

/** Other words for the columns: those of exports and of people. Compared without case, spaces, dots and dashes. */
const words: Record<CdrColumn, string> = {
  accountcode: 'accountcode account',
  src: 'src source callernumber caller callfrom from callerid callingnumber مبدا مبدأ شمارهمبدا تماسگیرنده',
  dst: 'dst destination calleenumber callee callto to calledtothenumber callednumber مقصد شمارهمقصد',
  dcontext: 'dcontext context',
  clid: 'clid callername',
  channel: 'channel sourcechannel srcchannel',
  dstchannel: 'dstchannel destchannel destinationchannel',
  lastapp: 'lastapp lastapplication',
  lastdata: 'lastdata',
  start: 'start calldate starttime date datetime time callstart تاریخ زمان تاریخوزمان شروع',
  answer: 'answer answertime answeredat پاسخ',
  end: 'end endtime hanguptime پایان',
  duration: 'duration calltime totalduration مدت مدتتماس',
  billsec: 'billsec talktime talkduration billableseconds مکالمه مدتمکالمه',
  disposition: 'disposition status callstatus result وضعیت نتیجه',
  amaflags: 'amaflags',
  uniqueid: 'uniqueid',
  userfield: 'userfield',
  did: 'did',
  recordingfile: 'recordingfile recordfiles recording',
  cnum: 'cnum',
  cnam: 'cnam',
  outbound_cnum: 'outboundcnum',
  outbound_cnam: 'outboundcnam',
  dst_cnam: 'dstcnam',
  linkedid: 'linkedid session',
  peeraccount: 'peeraccount',
  sequence: 'sequence',
  direction: 'direction calltype جهت نوعتماس',
  queue: 'queue ringgroup صف',
};
const meanings = new Map<string, CdrColumn>(
  cdrColumns.flatMap((column) => words[column].split(' ').map((word) => [word, column] as const)),
);

/** What a column of this name is; '' when the name says nothing. */
export function columnOf(name: string): CdrColumn | '' {
  const key = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s._\-\u200c]+/gu, '');
  return meanings.get(key) ?? '';
}

/** The columns of records: by their header, else as their writer orders them. A meaning that comes twice counts once. */
export function columnsOf(preset: CdrPreset, header: readonly string[] | null): (CdrColumn | '')[] {
  if (header === null) {
    return [...(fixed[preset] ?? [])];
  }
  const taken = new Set<string>();
  return header.map((name) => {
    const column = columnOf(name);
    if (column === '' || taken.has(column)) {
      return '';
    }
    taken.add(column);
    return column;
  });
}
