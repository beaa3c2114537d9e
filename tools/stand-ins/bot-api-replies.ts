import { jsonReply, type LoopbackReply } from './loopback-server.js';

/** The Bot API's two forms of answer. */
export function success(result: unknown): LoopbackReply {
  return jsonReply(200, { ok: true, result });
}

export function refusal(code: number, description: string, parameters?: object): LoopbackReply {
  const more = parameters === undefined ? {} : { parameters };
  return jsonReply(code, { ok: false, error_code: code, description, ...more });
}

export function conflictOfPollers(): LoopbackReply {
  const why = 'terminated by other getUpdates request; make sure that only one bot instance is running';
  return refusal(409, `Conflict: ${why}`);
}
