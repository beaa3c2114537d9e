/** What somebody puts into a provider's settings: an address to copy, or lines for the dialplan. */
export interface ConnectLine {
  /** The text that says where it goes. */
  say: string;
  /** Null: the sentence stands by itself. */
  copy: string | null;
}

type Settings = Readonly<Record<string, unknown>>;

/** How a stored channel is told to its provider, step by step. `hub`: where the hub is reached, without a slash at the end. */
export function connectLines(hub: string, channel: { id: string; config: Settings }): ConnectLine[] {
  const at = (path: string) => `${hub}/hooks/${path}`.replace('<channel>', channel.id);
  switch (channel.config['driver']) {
    case 'twilio':
      return [
        { say: 'twilio_1', copy: null },
        { say: 'twilio_2', copy: at('twilio/<channel>/voice') },
        ...(channel.config['answers'] === 'peyk'
          ? [{ say: 'twilio_fallback', copy: at('twilio/<channel>/voice-fallback') }]
          : []),
        { say: 'twilio_3', copy: at('twilio/<channel>/voice-status') },
      ];
    case 'jambonz':
      return [
        { say: 'jambonz_1', copy: null },
        { say: 'jambonz_2', copy: at('jambonz/<channel>/call') },
        { say: 'jambonz_3', copy: at('jambonz/<channel>/status') },
      ];
    case 'asterisk':
      return [
        { say: 'asterisk_1', copy: dialplan(hub, channel) },
        { say: 'asterisk_token', copy: null },
        { say: 'asterisk_2', copy: null },
      ];
    case 'pbx':
      return [{ say: 'pbx_1', copy: at('calls/<channel>?token=TOKEN') }];
    default:
      return [];
  }
}

/** Hands callers to Peyk, and tells it when an agent picks up. The token is not shown again, so a word stands in its place. */
function dialplan(hub: string, { id, config }: { id: string; config: Settings }): string {
  const agi = `agi://${new URL(hub).hostname}:4573/${id}/TOKEN`;
  const { answeredContext: answered = 'peyk-answered' } = (config['dial'] ?? {}) as { answeredContext?: string };
  const lines = [
    '[peyk]',
    'exten => _[+0-9].,1,NoOp(to Peyk)',
    ` same => n,AGI(${agi})`,
    ' same => n,Hangup()',
    'exten => s,1,Goto(${IF($["${DNID}"=""]?0000:${DNID})},1)',
  ];
  const told = [
    '',
    `[${answered}]`,
    'exten => s,1,NoOp(an agent answered)',
    ` same => n,AGI(${agi}/answered)`,
    ' same => n,Return()',
  ];
  return (answered === '' ? lines : [...lines, ...told]).join('\n');
}
