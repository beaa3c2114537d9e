/** What a pressed button names. `session` is the short name that the hub gave. */
export interface WireChoice {
  session: string;
  turn: number;
  option: string;
}

/** The id of a choice on the wire, at most 64 bytes as Telegram asks: `b:<8 characters>:<turn>:<option>`. */
export function wireId({ session, turn, option }: WireChoice): string {
  return `b:${session.slice(0, 8)}:${String(turn)}:${option}`.slice(0, 64);
}

/** Reads what `wireId` wrote; null for anything else. */
export function readWireId(id: string): WireChoice | null {
  const parts = /^b:([A-Za-z0-9_-]{1,8}):(\d{1,6}):([a-z][a-z0-9_]{0,47})$/u.exec(id);
  const [, session = '', turn = '', option = ''] = parts ?? [];
  return parts === null ? null : { session, turn: Number(turn), option };
}
