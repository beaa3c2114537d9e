import { ActionIcon, Button, Skeleton, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RuleView } from '#contract';
import { keys } from '../../../api/keys.js';
import { rules } from '../../../api/rules.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconDown, IconPlus } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { OneRule } from './one-rule.js';
import './rules.css';

/** When something happens and conditions hold, do this: rules in their order. */
export function RulesSection() {
  const { t } = useI18n();
  const isSpoken = useTexts('rules');
  const list = useQuery({ queryKey: keys.rules, queryFn: ({ signal }) => rules.list(signal) });
  const [opened, setOpened] = useState<{ id: string | null } | null>(null);
  if (list.isError) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data || !isSpoken) {
    return <Skeleton height={180} />;
  }
  if (opened) {
    const rule = list.data.find(({ id }) => id === opened.id) ?? null;
    return <OneRule key={rule?.version} rule={rule} onDone={() => setOpened(null)} />;
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('settings.rules')}</h2>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened({ id: null })}>
          {t('rule.add')}
        </Button>
      </div>
      <p className="settings-hint rules-intro">{t('rule.intro')}</p>
      {list.data.length === 0 && <Empty>{t('rule.none')}</Empty>}
      <ol className="channels rules-list">
        {list.data.map((rule, index) => (
          <li key={rule.id}>
            <button type="button" onClick={() => setOpened({ id: rule.id })}>
              <Line rule={rule} />
            </button>
            <Acts rule={rule} index={index} all={list.data} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Line({ rule: { name, event, broken, lately } }: { rule: RuleView }) {
  const { t, format } = useI18n();
  const [part] = broken;
  return (
    <span className="channels-name">
      <bdi>{name}</bdi>
      <small>{t(`rule.event_${event.on}`)}</small>
      {part && (
        <span className="channels-problem">
          {part.kind === 'unreadable' ? t('rule.unreadable') : t('rule.broken', { what: t(`rule.kind_${part.kind}`) })}
        </span>
      )}
      <small>
        {lately.done + lately.refused === 0
          ? t('rule.never')
          : t('rule.lately', { done: format.number(lately.done), refused: format.number(lately.refused) })}
      </small>
    </span>
  );
}

function Acts({ rule, index, all }: { rule: RuleView; index: number; all: readonly RuleView[] }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries({ queryKey: keys.rules });
  const flip = useAction((enabled: boolean) => rules.change(rule.id, { version: rule.version, enabled }), refresh);
  const move = useAction(
    (to: number) => rules.order(movedTo(all, index, to)),
    (ordered) => {
      queries.setQueryData(keys.rules, ordered);
      notify(t('rule.moved'));
    },
  );
  const { name } = rule;
  return (
    <div className="rules-acts">
      <ActionIcon
        variant="subtle"
        aria-label={t('rule.up', { name })}
        disabled={index === 0 || move.isPending}
        onClick={() => move.mutate(index - 1)}
      >
        <IconDown size={16} className="rules-up" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        aria-label={t('rule.down', { name })}
        disabled={index === all.length - 1 || move.isPending}
        onClick={() => move.mutate(index + 1)}
      >
        <IconDown size={16} />
      </ActionIcon>
      <Switch
        aria-label={t('rule.switch', { name })}
        checked={rule.enabled}
        disabled={flip.isPending}
        onChange={(event) => flip.mutate(event.currentTarget.checked)}
      />
    </div>
  );
}

function movedTo(all: readonly RuleView[], from: number, to: number): string[] {
  const ids = all.map(({ id }) => id);
  const [id = ''] = ids.splice(from, 1);
  return ids.toSpliced(to, 0, id);
}
