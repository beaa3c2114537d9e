import type { ChannelView } from '#contract';
import type { ChannelDraft } from '../../api/hub.js';
import {
  fromField,
  keyOf,
  leaveOut,
  putSetting,
  settingAt,
  toField,
  type ChannelFormSpec,
  type Field,
  type Settings,
  type Values,
} from './channel-fields.js';

/** What the fields start with: what is stored, or what the hub would take. Secrets never come back. */
export function initialValues({ fields }: ChannelFormSpec, channel: ChannelView | null): Values {
  const stored = (field: Field) => (field.secret || !channel ? undefined : settingAt(channel.config, field));
  return Object.fromEntries(
    fields.map((field) => [keyOf(field), toField(field, stored(field) ?? field.fallback ?? field.choices?.[0])]),
  );
}

/** Settings that no field shows stay as they are stored, and secrets that are not asked for as they are known. */
export function readValues(
  { fields, fixed, optional = {} }: ChannelFormSpec,
  values: Values,
  stored: Settings,
): Pick<ChannelDraft, 'config' | 'secrets'> {
  const read = fields.map((field) => ({ field, value: fromField(field, values[keyOf(field)] ?? '') }));
  const shown = read.filter(({ field }) => !field.secret);
  const secrets = read.filter(
    ({ field, value }) => field.secret && value !== undefined && (field.isShown?.(values) ?? true),
  );
  const config = shown.reduce((all, { field, value }) => putSetting(all, field, value), { ...stored, ...fixed });
  return {
    config: leaveOut(config, { optional }),
    secrets: Object.fromEntries(secrets.map(({ field, value }) => [field.name, String(value)])),
  };
}

/** The key of the field that the hub means by a path such as `config.imap.host`; null when no field is there. */
export function fieldAtFault({ fields }: ChannelFormSpec, path: string): string | null {
  const fits = (field: Field) => `.${path}.`.includes(`.${keyOf(field)}.`);
  const longestFirst = fields.filter(fits).toSorted((a, b) => keyOf(b).length - keyOf(a).length);
  return longestFirst[0] ? keyOf(longestFirst[0]) : null;
}
