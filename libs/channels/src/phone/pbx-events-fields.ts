import { UnreadableWebhook, type WebhookRequest } from '../channel-adapter.js';
import { storableText } from '../storable-text.js';
import { readFields } from '../wire/request-fields.js';

export type Fields = Record<string, unknown>;

/** The fields of an event: JSON, a form of either kind, or for GET the query. A name that comes twice keeps all its values. */
export async function readPbxFields(request: WebhookRequest): Promise<Fields> {
  const type = request.headers['content-type'] ?? '';
  return /^multipart\/form-data/iu.test(type) ? readMultipart(request.body, type) : readFields(request);
}

async function readMultipart(body: Uint8Array, type: string): Promise<Fields> {
  const form = await new Response(Buffer.from(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => null);
  if (form === null) {
    throw new UnreadableWebhook('The body is not a form.');
  }
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, valueOf(form.getAll(name))]));
}

function valueOf(values: unknown[]): unknown {
  const texts = values.filter((value) => typeof value === 'string');
  return texts.length === 1 ? texts[0] : texts;
}

/** The people that an event names, in its order. */
export function namesOf(fields: Fields): string[] {
  const names = ['user', 'user[]'].flatMap((field) => partsOf(fields[field]));
  return [...new Set(names)];
}

/** The first of these fields that holds something, as text; '' when none does. Lists are joined. */
export function textOf(fields: Fields, names: string[]): string {
  const found = names.map((name) => partsOf(fields[name])).find((parts) => parts.length > 0);
  return (found ?? []).join(', ');
}

function partsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value])
    .filter((part) => ['string', 'number'].includes(typeof part))
    .map((part) => storableText(String(part)).trim())
    .filter((part) => part !== '');
}
