/** A channel of an exchange as its events name it. */
export interface ExchangeChannel {
  name: string;
  id: string;
  /** The id of the first channel of the call. */
  linked: string;
  caller?: string;
  callerName?: string;
  context?: string;
  exten?: string;
}

export type ExchangeEvent = Record<string, string>;

/** The headers that every event about a channel has, as Asterisk 13 and later write them; `before` stands before each name. */
function snapshot(channel: ExchangeChannel, before = ''): ExchangeEvent {
  const headers = {
    Channel: channel.name,
    ChannelState: '6',
    ChannelStateDesc: 'Up',
    CallerIDNum: channel.caller ?? '<unknown>',
    CallerIDName: channel.callerName ?? '<unknown>',
    ConnectedLineNum: '<unknown>',
    ConnectedLineName: '<unknown>',
    Language: 'en',
    AccountCode: '',
    Context: channel.context ?? 'from-internal',
    Exten: channel.exten ?? 's',
    Priority: '1',
    Uniqueid: channel.id,
    Linkedid: channel.linked,
  };
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [`${before}${name}`, value]));
}

/** Events of the manager interface, written from its published documentation; none was captured from an exchange. */
export const exchangeEvents = {
  newChannel: (channel: ExchangeChannel) => ({ Event: 'Newchannel', ...snapshot(channel) }),
  listed: (channel: ExchangeChannel, more: ExchangeEvent = {}) => ({
    Event: 'CoreShowChannel',
    ...snapshot(channel),
    Application: 'Queue',
    Duration: '00:00:10',
    BridgeId: '',
    ...more,
  }),
  dialBegin: (caller: ExchangeChannel | null, dest: ExchangeChannel, dialString: string) => ({
    Event: 'DialBegin',
    ...(caller ? snapshot(caller) : {}),
    ...snapshot(dest, 'Dest'),
    DialString: dialString,
  }),
  dialEnd: (caller: ExchangeChannel | null, dest: ExchangeChannel, status: string) => ({
    Event: 'DialEnd',
    ...(caller ? snapshot(caller) : {}),
    ...snapshot(dest, 'Dest'),
    DialStatus: status,
  }),
  bridgeEnter: (channel: ExchangeChannel, bridge: string) => ({
    Event: 'BridgeEnter',
    BridgeUniqueid: bridge,
    BridgeType: 'basic',
    BridgeNumChannels: '2',
    ...snapshot(channel),
  }),
  bridgeLeave: (channel: ExchangeChannel, bridge: string) => ({
    Event: 'BridgeLeave',
    BridgeUniqueid: bridge,
    BridgeType: 'basic',
    BridgeNumChannels: '1',
    ...snapshot(channel),
  }),
  queueJoin: (channel: ExchangeChannel, queue: string) => ({
    Event: 'QueueCallerJoin',
    ...snapshot(channel),
    Queue: queue,
    Position: '1',
    Count: '1',
  }),
  queueLeave: (channel: ExchangeChannel, queue: string) => ({
    Event: 'QueueCallerLeave',
    ...snapshot(channel),
    Queue: queue,
    Position: '1',
    Count: '0',
  }),
  queueAbandon: (channel: ExchangeChannel, queue: string, holdTime: number) => ({
    Event: 'QueueCallerAbandon',
    ...snapshot(channel),
    Queue: queue,
    Position: '1',
    OriginalPosition: '1',
    HoldTime: String(holdTime),
  }),
  agentCalled: (caller: ExchangeChannel, dest: ExchangeChannel, member: string) => ({
    Event: 'AgentCalled',
    ...snapshot(caller),
    ...snapshot(dest, 'Dest'),
    Queue: '600',
    MemberName: member,
    Interface: `Local/${member}@from-queue/n`,
  }),
  agentConnect: (caller: ExchangeChannel, dest: ExchangeChannel, member: string) => ({
    Event: 'AgentConnect',
    ...snapshot(caller),
    ...snapshot(dest, 'Dest'),
    Queue: '600',
    MemberName: member,
    Interface: `Local/${member}@from-queue/n`,
    RingTime: '3',
    HoldTime: '8',
  }),
  blindTransfer: (transferer: ExchangeChannel, transferee: ExchangeChannel, exten: string) => ({
    Event: 'BlindTransfer',
    Result: 'Success',
    ...snapshot(transferer, 'Transferer'),
    ...snapshot(transferee, 'Transferee'),
    IsExternal: 'Yes',
    Context: 'from-internal',
    Extension: exten,
  }),
  attendedTransfer: (first: ExchangeChannel, second: ExchangeChannel) => ({
    Event: 'AttendedTransfer',
    Result: 'Success',
    ...snapshot(first, 'OrigTransferer'),
    ...snapshot(second, 'SecondTransferer'),
    DestType: 'Bridge',
  }),
  hangup: (channel: ExchangeChannel, cause = 16, text = 'Normal Clearing') => ({
    Event: 'Hangup',
    ...snapshot(channel),
    Cause: String(cause),
    'Cause-txt': text,
  }),
  userEvent: (channel: ExchangeChannel, name: string, more: ExchangeEvent = {}) => ({
    Event: 'UserEvent',
    ...snapshot(channel),
    UserEvent: name,
    ...more,
  }),
  cdr: (channel: ExchangeChannel, more: ExchangeEvent) => ({
    Event: 'Cdr',
    Source: channel.caller ?? '',
    Destination: channel.exten ?? '',
    Channel: channel.name,
    LastApplication: 'Queue',
    Disposition: 'ANSWERED',
    UniqueID: channel.id,
    ...more,
  }),
} satisfies Record<string, (...args: never[]) => ExchangeEvent>;
