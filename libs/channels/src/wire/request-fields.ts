import { UnreadableWebhook, type WebhookRequest } from '../channel-adapter.js';

/** Reads a form body. A name that comes twice keeps all its values, because signatures cover them. */
export function readForm(body: Uint8Array): Record<string, string | string[]> {
  const form: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString('utf8'))) {
    const known = form[name];
    form[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  }
  return form;
}

/** Reads a JSON body that must be an object. */
export function readJson(body: Uint8Array): Record<string, unknown> {
  const value = parse(Buffer.from(body).toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnreadableWebhook('The body is not a JSON object.');
  }
  return value as Record<string, unknown>;
}

/** The query of a webhook, the first value of each name. */
export function readQuery(request: WebhookRequest): Record<string, string> {
  const question = request.originalUrl.indexOf('?');
  const query: Record<string, string> = Object.create(null) as Record<string, string>;
  if (question >= 0) {
    for (const [name, value] of new URLSearchParams(request.originalUrl.slice(question + 1))) {
      query[name] ??= value;
    }
  }
  return query;
}

/** The fields of a webhook however it carries them: JSON, a form, or for GET its query. */
export function readFields(request: WebhookRequest): Record<string, unknown> {
  if (request.method.toUpperCase() === 'GET') {
    return readQuery(request);
  }
  const isJson = (request.headers['content-type'] ?? '').includes('json');
  return isJson ? readJson(request.body) : readForm(request.body);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableWebhook('The body is not JSON.');
  }
}
