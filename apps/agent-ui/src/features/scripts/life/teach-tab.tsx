import { Button, Group, NativeSelect, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScriptMissClusterView } from '#contract';
import { kept, keptKeys } from '../../../api/kept.js';
import { scriptKeys, scripts } from '../../../api/scripts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { mappingOf } from '../document/script-words.js';
import type { TabProps } from '../script-desk.js';

/** What customers said and the script did not understand: each becomes an example of what they mean, or part of an article. */
export function TeachTab({ script, draft, mayEdit }: TabProps) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const misses = useQuery({
    queryKey: scriptKeys.misses(script.id),
    queryFn: ({ signal }) => scripts.misses(script.id, signal),
  });
  const articles = useQuery({ queryKey: keptKeys.articles, queryFn: ({ signal }) => kept.articles(signal) }).data ?? [];
  const intents = Object.keys(mappingOf(draft.read.script?.root['intents']));
  const gone = () => void queries.invalidateQueries({ queryKey: scriptKeys.misses(script.id) });
  if (misses.isError) {
    return <Failed error={misses.error} retry={() => void misses.refetch()} />;
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('teach.title')}</h2>
      </div>
      <p className="settings-hint">{t('teach.intro')}</p>
      {misses.isPending && <Skeleton height={120} />}
      {misses.data?.length === 0 && <Empty>{t('teach.none')}</Empty>}
      <ul className="script-teach">
        {misses.data?.map((cluster) => (
          <Cluster
            key={cluster.ids[0]}
            cluster={cluster}
            intents={intents}
            articles={articles}
            mayEdit={mayEdit}
            isChanged={draft.isChanged}
            onIntent={draft.takeTheirs}
            onGone={gone}
          />
        ))}
      </ul>
    </>
  );
}

interface ClusterProps {
  cluster: ScriptMissClusterView;
  intents: readonly string[];
  articles: readonly { id: string; texts: Record<'en' | 'fa', { title: string }> }[];
  mayEdit: boolean;
  /** The draft here differs from the hub's, into which the words are written. */
  isChanged: boolean;
  /** The hub's draft has the words now. */
  onIntent: () => void;
  onGone: () => void;
}

function Cluster({ cluster, intents, articles, mayEdit, isChanged, onIntent, onGone }: ClusterProps) {
  const { t, locale, format } = useI18n();
  const [chosen, choose] = useState('');
  const { ids, text, examples, count, node, lastAt } = cluster;
  const [kind, name = ''] = chosen.split(':');
  const mustSave = isChanged && kind === 'intent';
  const teach = useAction(
    async (dismiss: boolean) => {
      if (dismiss) {
        return scripts.teach({ ids, dismiss: true });
      }
      return scripts.teach({ ids, ...(kind === 'article' ? { articleId: name } : { intent: name }) });
    },
    (_, dismissed) => {
      if (!dismissed && kind === 'intent') {
        onIntent();
        notify(t('teach.inDraft'));
      }
      onGone();
    },
  );
  return (
    <li>
      <p>
        <q className="words">{text}</q>{' '}
        <span className="chip">{t('teach.times', { count, times: format.number(count) })}</span>
      </p>
      {examples.length > 0 && (
        <p className="settings-hint">
          <bdi>{examples.join(' · ')}</bdi>
        </p>
      )}
      <p className="settings-hint">
        {t('teach.where')}{' '}
        <bdi dir="ltr" className="script-id">
          {node}
        </bdi>{' '}
        · {format.dateTime(lastAt)}
      </p>
      {mayEdit && (
        <Group gap="xs">
          <NativeSelect
            size="xs"
            aria-label={t('teach.means')}
            value={chosen}
            onChange={(event) => choose(event.currentTarget.value)}
            data={[
              { value: '', label: t('teach.means') },
              ...intents.map((intent) => ({ value: `intent:${intent}`, label: t('teach.intent', { intent }) })),
              ...articles.map(({ id, texts }) => ({
                value: `article:${id}`,
                label: t('teach.article', { title: texts[locale].title || texts.en.title }),
              })),
            ]}
          />
          <Button
            size="xs"
            disabled={chosen === '' || mustSave}
            title={mustSave ? t('script.saveFirst') : undefined}
            loading={teach.isPending}
            onClick={() => teach.mutate(false)}
          >
            {t('teach.add')}
          </Button>
          <Button size="xs" variant="default" disabled={teach.isPending} onClick={() => teach.mutate(true)}>
            {t('teach.dismiss')}
          </Button>
        </Group>
      )}
    </li>
  );
}
