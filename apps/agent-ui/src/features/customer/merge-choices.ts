import type { MergePreview } from '#contract';
import type { MergeChoices, Side } from '../../api/people.js';

/** A profile's fields that both sides of a merge may have. Others are an installation's own and come as `fields.<name>`. */
export const profileFields = ['name', 'locale', 'tier', 'tz'] as const;

export type ProfileField = (typeof profileFields)[number];

/** A conflict's field: one of the profile's, or the name of a custom one. */
export function readField(field: string): { profile: ProfileField } | { custom: string } {
  const profile = profileFields.find((one) => one === field);
  return profile ? { profile } : { custom: field.replace(/^fields\./, '') };
}

/** What the hub is told: whose value stays for every field that was asked about, so that what was shown is what happens. */
export function listChoices(
  conflicts: MergePreview['conflicts'],
  chosen: Readonly<Record<string, Side>>,
): MergeChoices {
  const choices: MergeChoices = {};
  const custom: [string, Side][] = [];
  for (const { field, chosen: preferred } of conflicts) {
    const side = chosen[field] ?? preferred;
    const place = readField(field);
    if ('profile' in place) {
      choices[place.profile] = side;
    } else {
      custom.push([place.custom, side]);
    }
  }
  return custom.length > 0 ? { ...choices, fields: Object.fromEntries(custom) } : choices;
}
