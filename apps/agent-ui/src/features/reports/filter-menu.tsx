import { Button, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { properties } from '../../api/properties.js';
import { channelsQuery, useAgents, useQueues } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { filterNames, type FilterName, type ReportSearch } from './report-search.js';

type Filters = Pick<ReportSearch, FilterName>;

/** Whose work is counted; nothing chosen means all of it. */
export function FilterMenu({ search, onChange }: { search: Filters; onChange: (filters: Filters) => void }) {
  const { t } = useI18n();
  const count = filterNames.reduce((sum, name) => sum + (search[name]?.length ?? 0), 0);
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus withinPortal width={320}>
      <Popover.Target>
        <Button variant={count > 0 ? 'light' : 'default'} className="reports-filter">
          {count > 0 ? t('reports.filtersOn', { count }) : t('reports.filters')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="reports-filters" aria-label={t('reports.filters')} aria-labelledby={undefined}>
        <Choices search={search} onChange={onChange} />
        {count > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => onChange({ queues: undefined, channels: undefined, agents: undefined, tags: undefined })}
          >
            {t('reports.clear')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({ search, onChange }: { search: Filters; onChange: (filters: Filters) => void }) {
  const { t } = useI18n();
  const known = useKnown();
  const toggle = (name: FilterName, id: string, isOn: boolean) => {
    const others = (search[name] ?? []).filter((one) => one !== id);
    const chosen = isOn ? [...others, id] : others;
    onChange({ [name]: chosen.length > 0 ? chosen : undefined });
  };
  return filterNames
    .filter((name) => known[name].length > 0)
    .map((name) => (
      <fieldset key={name}>
        <legend>{t(`reports.filter.${name}`)}</legend>
        {known[name].map(({ id, name: label }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={search[name]?.includes(id) ?? false}
              onChange={(event) => toggle(name, id, event.currentTarget.checked)}
            />
            <bdi>{label}</bdi>
          </label>
        ))}
      </fieldset>
    ));
}

function useKnown(): Record<FilterName, { id: string; name: string }[]> {
  const tags = useQuery({ queryKey: ['tags', ''], queryFn: ({ signal }) => properties.tags(null, signal) });
  return {
    queues: useQueues(),
    channels: useQuery(channelsQuery).data ?? [],
    agents: useAgents(),
    tags: (tags.data ?? []).map(({ key, name }) => ({ id: key, name })),
  };
}
