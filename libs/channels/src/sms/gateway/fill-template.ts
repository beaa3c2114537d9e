import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { ChannelAccount } from '../../channel-adapter.js';
import type { OutboundMessage } from '../../message.js';
import { countSegments } from '../segments.js';
import type { GatewaySettings } from '../sms-settings.js';
import type { GatewayPlan, JsonTemplate } from './gateway-settings.js';

/**
 * What templates may name. `toNational` is the number as dialled inside its country, e.g. 09121234567; `coding` is SMPP's and
 * Kannel's number of the alphabet, 0 or 2; `hook` is where the gateway reaches us.
 */
export interface TemplateValues {
  to: string;
  toDigits: string;
  toNational: string;
  from: string;
  text: string;
  id: string;
  user: string;
  secret: string;
  inboundSecret: string;
  coding: string;
  hook: string;
}

/** The request body of a template, ready to send. */
interface FilledBody {
  contentType: string | null;
  body: string | undefined;
}

export function templateValues(
  message: OutboundMessage,
  { id, publicUrl, settings }: ChannelAccount<GatewaySettings>,
): TemplateValues {
  const to = message.to.address;
  const national = parsePhoneNumberFromString(to)?.formatNational() ?? to;
  return {
    to,
    toDigits: to.replace(/\D/g, ''),
    toNational: national.replace(/\D/g, ''),
    from: settings.from,
    text: message.text,
    id: message.id,
    user: settings.user,
    secret: settings.apiKey ?? '',
    inboundSecret: settings.inboundSecret ?? '',
    coding: countSegments(message.text).encoding === 'GSM-7' ? '0' : '2',
    hook: publicUrl === null ? '' : `${publicUrl}/hooks/sms/${id}`,
  };
}

/**
 * Puts values into a template. Every value goes through `encode`, so that a customer's text cannot add parameters, headers or
 * fields; unknown placeholders stay as they are.
 */
export function fillTemplate(template: string, values: TemplateValues, encode: (value: string) => string): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? encode(values[name as keyof TemplateValues]) : whole,
  );
}

/** A request as it leaves. */
export interface FilledRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

export function fillRequest(request: GatewayPlan['request'], values: TemplateValues): FilledRequest {
  const { contentType, body } = fillBody(request.body, values);
  return {
    method: request.method,
    url: fillUrl(request.url, values),
    headers: {
      accept: 'application/json',
      ...(contentType === null ? {} : { 'content-type': contentType }),
      ...fillHeaders(request.headers, values),
    },
    ...(body === undefined ? {} : { body }),
  };
}

function fillUrl(template: string, values: TemplateValues): string {
  return fillTemplate(template, values, encodeURIComponent);
}

/** Fills header templates; line breaks in a value become spaces. Values travel as latin1, so others are percent-encoded. */
function fillHeaders(templates: Record<string, string>, values: TemplateValues): Record<string, string> {
  const encode = (value: string) => (/^[\x20-\x7e]*$/.test(value) ? value : encodeURIComponent(value));
  return Object.fromEntries(
    Object.entries(templates).map(([name, template]) => [name.toLowerCase(), fillTemplate(template, values, encode)]),
  );
}

function fillBody(template: GatewayPlan['request']['body'], values: TemplateValues): FilledBody {
  switch (template.as) {
    case 'form': {
      const fields = Object.entries(template.fields).map(([name, value]) => [name, fillPlain(value, values)]);
      const form = new URLSearchParams(Object.fromEntries(fields) as Record<string, string>);
      return { contentType: 'application/x-www-form-urlencoded', body: form.toString() };
    }
    case 'json':
      return { contentType: 'application/json', body: JSON.stringify(fillJson(template.value, values)) };
    case 'none':
      return { contentType: null, body: undefined };
  }
}

function fillPlain(template: string, values: TemplateValues): string {
  return fillTemplate(template, values, (value) => value);
}

function fillJson(template: JsonTemplate, values: TemplateValues): JsonTemplate {
  if (typeof template === 'string') {
    return fillPlain(template, values);
  }
  if (Array.isArray(template)) {
    return template.map((item) => fillJson(item, values));
  }
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, fillJson(value, values)]));
  }
  return template;
}
