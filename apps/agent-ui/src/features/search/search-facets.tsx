import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { keys } from '../../api/keys.js';
import { properties } from '../../api/properties.js';
import { useAgents, useMe, useQueues } from '../../api/queries.js';
import { isJalali } from '../../i18n/intl-tag.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DayField } from '../../ui/dates/day-field.js';
import { parseDay, showDay } from '../../ui/dates/day-text.js';
import { usePreferences } from '../../ui/preferences.js';
import { choicesOf, facetsIn, withFacet, type Facet } from './search-filters.js';

interface Props {
  text: string;
  /** What is searched for from now on. */
  onSearch: (text: string) => void;
}

interface Choice {
  value: string;
  label: string;
}

/** The filters of the text as fields; each choice stands in the text at once, where it can be read, changed and kept. */
export function SearchFacets({ text, onSearch }: Props) {
  const { t, locale } = useI18n();
  const chosen = facetsIn(text);
  const choices = useChoices();
  // Of two choices in one breath the second goes on from the first.
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);
  const choose = (facet: Facet, value: string | null) => {
    latest.current = withFacet(latest.current, facet, value, locale);
    onSearch(latest.current);
  };
  return (
    <fieldset aria-label={t('search.filters')} className="search-facets">
      {(Object.keys(choices) as (keyof typeof choices)[]).map((facet) => (
        <Select
          key={facet}
          size="xs"
          label={t(`search.facet_${facet}`)}
          placeholder={t('search.any')}
          data={withTyped(choices[facet], chosen[facet])}
          value={chosen[facet] ?? null}
          onChange={(value) => choose(facet, value)}
          searchable={choices[facet].length > 8}
          nothingFoundMessage={t('search.noChoice')}
          clearable
        />
      ))}
      {(['after', 'before'] as const).map((facet) => (
        <Day
          key={facet}
          label={t(`search.facet_${facet}`)}
          day={chosen[facet] ?? null}
          onChoose={(day) => choose(facet, day)}
        />
      ))}
    </fieldset>
  );
}

function useChoices(): Record<Exclude<Facet, 'after' | 'before'>, Choice[]> {
  const { t } = useI18n();
  const me = useMe();
  const tags = useQuery({ queryKey: keys.tags(null), queryFn: ({ signal }) => properties.tags(null, signal) }).data;
  const named = (rows: readonly { name: string }[]) => choicesFrom(rows.map(({ name }) => name));
  const agents = useAgents().filter(({ id }) => id !== me.id);
  return {
    is: choicesOf('is').map((value) => ({ value, label: t(`search.is_${value}` as 'search.is_open') })),
    channel: choicesOf('channel').map((value) => ({ value, label: t(`channel.${value}` as 'channel.web') })),
    queue: named(useQueues()),
    assignee: [
      ...choicesOf('assignee').map((value) => ({
        value,
        label: t(`search.assignee_${value}` as 'search.assignee_me'),
      })),
      ...named(agents),
    ],
    tag: named(tags ?? []),
  };
}

/** Two of one name are one choice: they are sought by it. */
function choicesFrom(names: readonly string[]): Choice[] {
  return [...new Set(names)].map((name) => ({ value: name, label: name }));
}

/** What was typed and is no choice stays to be seen and taken away. */
function withTyped(choices: readonly Choice[], typed: string | undefined): Choice[] {
  const isKnown = typed === undefined || choices.some(({ value }) => value === typed);
  return isKnown ? [...choices] : [...choices, { value: typed, label: typed }];
}

interface DayProps {
  label: string;
  /** As it was typed; of any calendar. */
  day: string | null;
  onChoose: (day: string | null) => void;
}

/** A day holds once the field is left: half a date is no filter. */
function Day({ label, day, onChoose }: DayProps) {
  const { locale } = useI18n();
  const style = usePreferences();
  const chosen = parseDay(day ?? '');
  const [typed, setTyped] = useState({ day: chosen, beside: chosen });
  // What is searched for changes by other ways too.
  const value = typed.beside === chosen ? typed.day : chosen;
  // The search reads both calendars, and days that begin with the year.
  const written = (left: string) => (isJalali(locale, style) ? showDay(left, locale, style) : left);
  return (
    <DayField
      isPlain
      size="xs"
      label={label}
      value={value}
      onChange={(next) => setTyped({ day: next, beside: chosen })}
      onLeave={(left) => left !== chosen && onChoose(left && written(left))}
    />
  );
}
