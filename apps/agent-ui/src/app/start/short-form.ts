import type { ChannelFormSpec, Field } from '../../features/settings/channel-fields.js';
import type { FormPart } from '../../features/settings/mailbox/mailbox-form.js';

/** What a first message does not need. */
const later: readonly FormPart[] = [
  'looks',
  'trust',
  'wire',
  'limits',
  'consent',
  'heard',
  'outage',
  'dialling',
  'sounds',
  'records',
];

const alsoLater: readonly Field['name'][] = [
  'proxy',
  'proxyLogin',
  'allowGroups',
  'mode',
  'webhookSecret',
  'aliases',
  'senders',
  'mms',
  'baseUrl',
  'callerIds',
  'blockedCallers',
];

/** A channel's form without what most people leave as it comes. What is required is always asked for. */
export function shortForm(spec: ChannelFormSpec): ChannelFormSpec {
  const isAsked = ({ name, part, required }: Field) =>
    required === true || (!alsoLater.includes(name) && (part === undefined || !later.includes(part)));
  return { ...spec, fields: spec.fields.filter(isAsked) };
}
