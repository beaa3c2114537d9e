import { Button, TextInput } from '@mantine/core';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { outlineOf, shownRows, type OutlineRow } from '../document/outline.js';
import { IconFold } from '../script-icons.js';
import { AddNode } from './add-node.js';
import { problemsAt, useEditor } from './editor-context.js';
import { KindIcon } from './kind-icon.js';
import { RemoveNode } from './remove-node.js';
import { moveIn } from './tree-keys.js';

interface Props {
  /** Shows what is chosen, and goes there. */
  onOpen: (node: string | null) => void;
}

/** All nodes by the ways that lead to them: arrows go through them, Enter opens one, Delete takes one away. */
export function OutlineTree({ onOpen }: Props) {
  const { t, locale } = useI18n();
  const { script, chosen, mayEdit } = useEditor();
  const rows = useMemo(() => outlineOf(script, locale), [script, locale]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [search, setSearch] = useState('');
  const [asked, ask] = useState<{ add: true } | { remove: string } | null>(null);
  const shown = shownRows(rows, closed, search);
  const fold = (id: string, isClosed: boolean) =>
    setClosed((known) => new Set(isClosed ? [...known, id] : [...known].filter((one) => one !== id)));
  return (
    <section className="script-outline" aria-label={t('script.outline')}>
      <div className="script-outline-head">
        <TextInput
          size="xs"
          aria-label={t('script.findNode')}
          placeholder={t('script.findNode')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {mayEdit && (
          <Button size="xs" variant="light" leftSection={<IconPlus size={15} />} onClick={() => ask({ add: true })}>
            {t('script.addNode')}
          </Button>
        )}
      </div>
      <button
        type="button"
        className="script-whole"
        aria-current={chosen === null ? 'true' : undefined}
        onClick={() => onOpen(null)}
      >
        {t('script.whole')}
      </button>
      <Tree rows={shown} closed={closed} fold={fold} onOpen={onOpen} onRemove={(id) => ask({ remove: id })} />
      {shown.length === 0 && (
        <p className="settings-hint">{t(rows.length === 0 ? 'script.noNodes' : 'script.noneFound')}</p>
      )}
      {asked && 'add' in asked && <AddNode onAdded={onOpen} onClose={() => ask(null)} />}
      {asked && 'remove' in asked && mayEdit && <RemoveNode id={asked.remove} onClose={() => ask(null)} />}
    </section>
  );
}

interface TreeProps extends Props {
  rows: readonly OutlineRow[];
  closed: ReadonlySet<string>;
  fold: (id: string, isClosed: boolean) => void;
  onRemove: (id: string) => void;
}

function Tree({ rows, closed, fold, onOpen, onRemove }: TreeProps) {
  const { t, locale } = useI18n();
  const { chosen } = useEditor();
  const list = useRef<HTMLUListElement>(null);
  const [held, hold] = useState<string | null>(chosen);
  const focusable = rows.find(({ id }) => id === held) ?? rows.find(({ id }) => id === chosen) ?? rows[0];
  const focus = (id: string) => {
    hold(id);
    list.current?.querySelector<HTMLElement>(`[data-node="${id}"]`)?.focus();
  };
  const press = (event: KeyboardEvent, row: OutlineRow) => {
    const move = moveIn(rows, row, { key: event.key, isRtl: locale === 'fa', isClosed: closed.has(row.id) });
    if (move === null) {
      return;
    }
    event.preventDefault();
    switch (move.act) {
      case 'focus':
        return focus(move.id);
      case 'fold':
        return fold(row.id, true);
      case 'unfold':
        return fold(row.id, false);
      case 'open':
        return onOpen(row.id);
      case 'remove':
        return onRemove(row.id);
    }
  };
  return (
    <ul role="tree" aria-label={t('script.nodes')} className="script-tree" ref={list}>
      {rows.map((row) => (
        <Row
          key={row.id}
          row={row}
          isClosed={closed.has(row.id)}
          isFocusable={row === focusable}
          onFold={() => fold(row.id, !closed.has(row.id))}
          onOpen={() => {
            hold(row.id);
            onOpen(row.id);
          }}
          onKeyDown={(event) => press(event, row)}
        />
      ))}
    </ul>
  );
}

interface RowProps {
  row: OutlineRow;
  isClosed: boolean;
  isFocusable: boolean;
  onFold: () => void;
  onOpen: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Row({ row: { id, kind, level, words, hasChildren, isReached }, isClosed, ...props }: RowProps) {
  const { t } = useI18n();
  const { chosen, lit, problems } = useEditor();
  const wrong = problemsAt(problems, ['nodes', id]);
  const worst = wrong.some(({ severity }) => severity === 'error') ? 'bad' : 'warn';
  const said = wrong.length > 0 ? t('script.problemCount', { count: wrong.length }) : '';
  const doing = kind ? t(`script.do_${kind}`) : t('script.doNothing');
  return (
    <li
      role="treeitem"
      aria-level={level}
      aria-selected={chosen === id}
      aria-expanded={hasChildren ? !isClosed : undefined}
      tabIndex={props.isFocusable ? 0 : -1}
      data-node={id}
      data-lit={lit === id || undefined}
      style={{ paddingInlineStart: 6 + Math.min(level - 1, 7) * 13 }}
      onClick={props.onOpen}
      onKeyDown={props.onKeyDown}
    >
      {hasChildren ? (
        <span
          className="script-fold points"
          data-open={!isClosed || undefined}
          aria-hidden
          onClick={(event) => {
            event.stopPropagation();
            props.onFold();
          }}
        >
          <IconFold size={14} />
        </span>
      ) : (
        <span className="script-fold" />
      )}
      <KindIcon kind={kind} />
      <span className="unseen">{doing}</span>
      <span className="script-row one-line">
        <bdi dir="ltr" className="script-id">
          {id}
        </bdi>
        <small className="one-line" dir={words ? 'auto' : undefined}>
          {words || doing}
        </small>
      </span>
      {!isReached && (
        <span className="chip" title={t('script.unreached')}>
          {t('script.loose')}
        </span>
      )}
      {wrong.length > 0 && (
        <span className="script-wrong" data-tone={worst} title={said}>
          <span aria-hidden>
            <Count count={wrong.length} />
          </span>
          <span className="unseen">{said}</span>
        </span>
      )}
    </li>
  );
}

function Count({ count }: { count: number }) {
  return <>{useI18n().format.number(count)}</>;
}
