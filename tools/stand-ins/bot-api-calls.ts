import type { LoopbackRequest } from './loopback-server.js';

/** The parameters of one call of the Bot API. */
export type Call = Record<string, unknown>;

export interface SentFile {
  name: string;
  mediaType: string;
  bytes: number;
}

export interface SentButton {
  text: string;
  data: string;
}

/** Everything came as text: beside a file, or in the address. */
export function isWrittenOut(request: LoopbackRequest): boolean {
  return !(request.headers['content-type'] ?? '').startsWith('application/json');
}

/** A call's parameters, however they came. */
export async function readCall(request: LoopbackRequest): Promise<Call> {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(request.body), { headers: { 'content-type': type } }).formData();
    return Object.fromEntries(form);
  }
  if (type.startsWith('application/json')) {
    return request.body.length === 0 ? {} : (JSON.parse(request.body.toString('utf8')) as Call);
  }
  return Object.fromEntries([...request.query, ...new URLSearchParams(request.body.toString('utf8'))]);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function fileOf(value: unknown): SentFile | null {
  return value instanceof File ? { name: value.name, mediaType: value.type, bytes: value.size } : null;
}

export function buttonsOf(value: unknown): SentButton[] {
  const markup: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  const rows =
    typeof markup === 'object' && markup !== null && 'inline_keyboard' in markup ? markup.inline_keyboard : [];
  return (rows as { text: string; callback_data: string }[][])
    .flat()
    .map(({ text, callback_data: data }) => ({ text, data }));
}

export function repliedTo(value: unknown): number | null {
  const parameters: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return typeof parameters === 'object' && parameters !== null && 'message_id' in parameters
    ? Number(parameters.message_id)
    : null;
}
