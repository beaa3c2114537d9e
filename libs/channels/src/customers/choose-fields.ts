/** What a merge may choose of a customer's profile. `name_key` follows `name`. */
export interface Profile {
  name: string;
  name_key: string;
  locale: string;
  tier: number;
  tz: string | null;
  fields: Record<string, unknown>;
}

/** Whose value stays: that of the customer who is merged, or of the one on top. */
export type Side = 'from' | 'into';

/** The agent's choices; custom fields by their own names. What is not named is decided by `chooseFields`. */
export interface FieldChoices {
  name?: Side;
  locale?: Side;
  tier?: Side;
  tz?: Side;
  fields?: Record<string, Side>;
}

/** Columns of the root that become something else, as they were and as they will be. */
export interface ProfileChange {
  was: Partial<Profile>;
  became: Partial<Profile>;
}

/** A value that both have and that is not the same; `chosen` is whose stays unless somebody says otherwise. Custom fields: `fields.<name>`. */
export interface FieldConflict {
  field: string;
  from: unknown;
  into: unknown;
  chosen: Side;
}

const plain = ['name', 'locale', 'tier', 'tz'] as const;

/** What the two profiles disagree in. What only one of them has is no conflict: it is kept. */
export function listConflicts(from: Profile, into: Profile): FieldConflict[] {
  const own = plain
    .filter((field) => hasValue(from, field) && hasValue(into, field) && from[field] !== into[field])
    .map((field) => ({ field, from: from[field], into: into[field], chosen: preferred(from, into, field) }));
  const custom = Object.keys(from.fields)
    .filter((key) => key in into.fields && !isSame(from.fields[key], into.fields[key]))
    .toSorted()
    .map((key) => ({
      field: `fields.${key}`,
      from: from.fields[key],
      into: into.fields[key],
      chosen: 'into' as const,
    }));
  return [...own, ...custom];
}

/**
 * What of the root's profile a merge changes; null when nothing does.
 *
 * Unless chosen otherwise the root's values stay, but for an empty one, a name that is only an address, and the lower tier: a
 * customer who was promised more keeps it.
 */
export function chooseFields(from: Profile, into: Profile, choices: FieldChoices): ProfileChange | null {
  const change: ProfileChange = { was: {}, became: {} };
  const take = <Name extends keyof Profile>(name: Name, value: Profile[Name]): void => {
    if (!isSame(value, into[name])) {
      change.was[name] = into[name];
      change.became[name] = value;
    }
  };
  for (const field of plain) {
    if ((choices[field] ?? preferred(from, into, field)) === 'from') {
      take(field, from[field]);
    }
  }
  if (change.became.name !== undefined) {
    take('name_key', from.name_key);
  }
  const chosen = Object.entries(from.fields).filter(
    ([key]) => !(key in into.fields) || choices.fields?.[key] === 'from',
  );
  take('fields', { ...into.fields, ...Object.fromEntries(chosen) });
  return Object.keys(change.became).length === 0 ? null : change;
}

/**
 * What of the root's profile an undo gives back: every column, and every custom field, that still is as the merge left it. `undone` are
 * merges into the same root from before this one that were taken back while it was in force, the newest first: what it found there was
 * theirs, so the values that they gave back then are given back now.
 */
export function revertFields(now: Profile, { was, became }: ProfileChange, undone: ProfileChange[]): Partial<Profile> {
  const found = undone.reduce((before, change) => ({ ...before, ...giveBack(before, change) }), was);
  return giveBack(now, { was: found, became });
}

function giveBack(now: Partial<Profile>, { was, became }: ProfileChange): Partial<Profile> {
  const back = Object.fromEntries(
    plain
      .filter((field) => field in became && isSame(now[field], became[field]))
      .flatMap((field): (keyof Profile)[] => (field === 'name' ? ['name', 'name_key'] : [field]))
      .filter((column) => column in was)
      .map((column) => [column, was[column]]),
  ) as Partial<Profile>;
  if (!now.fields || !was.fields || !became.fields) {
    return back;
  }
  const fields = giveBackFields(now.fields, was.fields, became.fields);
  return isSame(fields, now.fields) ? back : { ...back, fields };
}

function giveBackFields(
  now: Profile['fields'],
  was: Profile['fields'],
  became: Profile['fields'],
): Record<string, unknown> {
  const fields = new Map(Object.entries(now));
  for (const key of Object.keys({ ...was, ...became })) {
    if (isSame(now[key], became[key]) && !isSame(was[key], became[key])) {
      if (key in was) {
        fields.set(key, was[key]);
      } else {
        fields.delete(key);
      }
    }
  }
  return Object.fromEntries(fields);
}

function preferred(from: Profile, into: Profile, field: (typeof plain)[number]): Side {
  switch (field) {
    case 'name':
      return isName(from.name) && !isName(into.name) ? 'from' : 'into';
    case 'tier':
      return from.tier > into.tier ? 'from' : 'into';
    case 'tz':
      return into.tz === null && from.tz !== null ? 'from' : 'into';
    case 'locale':
      return 'into';
  }
}

/** Until somebody gives them a name, people are called by what one would write or call. */
function isName(name: string): boolean {
  return /\p{L}/u.test(name) && !name.includes('@');
}

function hasValue(profile: Profile, field: (typeof plain)[number]): boolean {
  return profile[field] !== '' && profile[field] !== null;
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** Databases give the keys of an object in an order of their own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
