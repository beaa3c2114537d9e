import {
  Button,
  Group,
  NativeSelect,
  Select,
  Skeleton,
  TextInput,
  type ComboboxItem,
  type ComboboxItemGroup,
  type OptionsFilter,
} from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { administration, type AuditFilter } from '../../../api/administration.js';
import { keys } from '../../../api/keys.js';
import { useAgents } from '../../../api/queries.js';
import { useAllActs } from '../../../i18n/use-act-words.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { matchesWords } from '../../../ui/fold-words.js';
import { IconDownload } from '../../../ui/icons.js';
import { Empty, Failed } from '../../../ui/states.js';
import { AuditEntry } from './audit-entry.js';
import { AuditProof } from './audit-proof.js';
import './audit.css';

const everything: AuditFilter = { actor: null, action: null, q: '', from: null, to: null };
/** Kinds of things that are asked for most; any other is found by its acts. */
const kinds = [
  'account',
  'agent',
  'role',
  'api_key',
  'channel',
  'queue',
  'rule',
  'webhook',
  'customer',
  'ticket',
] as const;
const spans = [0, 1, 7, 30] as const;
const dayMs = 86_400_000;

/** Who did what and when, what it changed, and whether anybody touched the record. */
export function AuditSection() {
  const { t } = useI18n();
  const knowsActs = useTexts('acts');
  const isSpoken = useTexts('roles') && knowsActs;
  const [filter, setFilter] = useState(everything);
  const asked = useDeferredValue(filter);
  const log = useInfiniteQuery({
    queryKey: [...keys.audit, asked],
    queryFn: ({ pageParam, signal }) => administration.audit(asked, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  if (!isSpoken) {
    return <Skeleton height={180} />;
  }
  const rows = log.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <div className="settings-head">
        <h2>{t('audit.title')}</h2>
        <Group gap={8}>
          {(['csv', 'jsonl'] as const).map((format) => (
            <Button
              key={format}
              component="a"
              href={administration.auditFile(filter, format)}
              download
              size="xs"
              variant="default"
              leftSection={<IconDownload size={15} />}
            >
              {t(`audit.file_${format}`)}
            </Button>
          ))}
        </Group>
      </div>
      <p className="settings-hint audit-intro">{t('audit.intro')}</p>
      <AuditProof />
      <Filters filter={filter} onChange={(part) => setFilter({ ...filter, ...part })} />
      {log.isError && <Failed error={log.error} retry={() => void log.refetch()} />}
      {log.isPending && <Skeleton height={180} />}
      {log.data && rows.length === 0 && <Empty>{t('audit.none')}</Empty>}
      <ol className="audit-list">
        {rows.map((entry) => (
          <AuditEntry key={entry.id} entry={entry} />
        ))}
      </ol>
      {log.hasNextPage && (
        <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t('audit.older')}
        </Button>
      )}
    </>
  );
}

/** Spelling does not matter, nor which group it is in. */
const byWords: OptionsFilter = ({ options, search }) =>
  (options as ComboboxItemGroup<ComboboxItem>[]).map(({ group, items }) => ({
    group,
    items: items.filter(({ label }) => matchesWords(label, search)),
  }));

function Filters({ filter, onChange }: { filter: AuditFilter; onChange: (part: Partial<AuditFilter>) => void }) {
  const { t, format } = useI18n();
  const agents = useAgents();
  const acts = useAllActs();
  const [span, setSpan] = useState(0);
  return (
    <search className="audit-filters">
      <TextInput
        label={t('audit.words')}
        placeholder={t('audit.wordsHint')}
        type="search"
        value={filter.q}
        onChange={(event) => onChange({ q: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('audit.who')}
        value={filter.actor ?? ''}
        onChange={(event) => onChange({ actor: event.currentTarget.value || null })}
        data={[{ value: '', label: t('audit.anybody') }, ...agents.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <Select
        label={t('audit.what')}
        placeholder={t('audit.anything')}
        value={filter.action}
        onChange={(action) => onChange({ action })}
        data={[
          {
            group: t('audit.allAbout'),
            items: kinds.map((kind) => ({ value: kind, label: t(`audit.kind_${kind}`) })),
          },
          { group: t('audit.oneAct'), items: acts.map(({ action, words }) => ({ value: action, label: words })) },
        ]}
        filter={byWords}
        nothingFoundMessage={t('audit.noAct')}
        searchable
        clearable
      />
      <NativeSelect
        label={t('audit.when')}
        value={String(span)}
        onChange={(event) => {
          const days = Number(event.currentTarget.value);
          setSpan(days);
          onChange({ from: days === 0 ? null : new Date(Date.now() - days * dayMs).toISOString() });
        }}
        data={spans.map((days) => ({
          value: String(days),
          label: days === 0 ? t('audit.always') : t('audit.lastDays', { count: days, number: format.digits(days) }),
        }))}
      />
    </search>
  );
}
