/* oxlint-disable jsx-a11y/prefer-tag-over-role -- A list that is filtered while one types is no select. */
import { TextInput } from '@mantine/core';
import { useId, useState, type KeyboardEvent } from 'react';
import type { BulkAct } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { Dialog } from '../../../ui/dialog.js';
import { IconCheck } from '../../../ui/icons.js';
import { ticketNumber } from '../../../ui/ticket-number.js';
import type { Choice, QuickKind, QuickTarget } from './choices.js';
import { OwnTime } from './own-time.js';
import './quick.css';
import { useChoices } from './use-choices.js';

interface Props {
  kind: QuickKind;
  target: QuickTarget;
  onPick: (act: BulkAct) => void;
  onClose: () => void;
}

/** A small list to choose one act from, by typing, arrows and Enter. */
export function QuickMenu(props: Props) {
  return useTexts('bulk') ? <Menu {...props} /> : null;
}

function Menu({ kind, target, onPick, onClose }: Props) {
  const [isOwn, setOwn] = useState(false);
  const pick = (act: Choice['act']) => {
    if (act === 'own') {
      setOwn(true);
      return;
    }
    onPick(act);
    onClose();
  };
  return (
    <Dialog title={useTitle(kind, target)} size="sm" onClose={onClose}>
      {isOwn ? <OwnTime onPick={pick} /> : <PickList kind={kind} target={target} onPick={pick} />}
    </Dialog>
  );
}

function useTitle(kind: QuickKind, { count, tickets }: QuickTarget): string {
  const { t, format } = useI18n();
  const [only] = tickets;
  if (count === null) {
    return `${t('bulk.wholeTitle')}: ${t(`bulk.${kind}`)}`;
  }
  if (count === 1 && only) {
    return `${t('ticket.number', { number: ticketNumber(only, format) })}: ${t(`bulk.${kind}`)}`;
  }
  return t(`bulk.${kind}Title`, { count });
}

function PickList({ kind, target, onPick }: Pick<Props, 'kind' | 'target'> & { onPick: (act: Choice['act']) => void }) {
  const { t } = useI18n();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const choices = useChoices(kind, target, typed);
  const current = choices[Math.min(at, choices.length - 1)];
  const move = (by: number) => {
    const next = (Math.min(at, choices.length - 1) + by + choices.length) % Math.max(1, choices.length);
    setAt(next);
    document.getElementById(`${id} ${String(next)}`)?.scrollIntoView({ block: 'nearest' });
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      event.preventDefault();
      move(step);
    } else if (event.key === 'Enter' && current && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onPick(current.act);
    }
  };
  return (
    <div className="quick">
      <TextInput
        data-autofocus
        autoComplete="off"
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={current ? `${id} ${String(choices.indexOf(current))}` : undefined}
        aria-label={t(kind === 'tags' ? 'bulk.filterTags' : 'bulk.filter')}
        placeholder={t(kind === 'tags' ? 'bulk.filterTags' : 'bulk.filter')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      {choices.length === 0 && <p className="quick-none">{t('bulk.nothingFound')}</p>}
      <div id={id} role="listbox" aria-label={t(`bulk.${kind}`)} className="quick-list">
        {choices.map((choice, index) => (
          <button
            key={choice.key}
            id={`${id} ${String(index)}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={choice === current}
            className="quick-choice"
            onPointerMove={() => setAt(index)}
            // The field keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(choice.act)}
          >
            <span className="quick-label" dir="auto">
              {choice.label}
            </span>
            {choice.hint && <small>{choice.hint}</small>}
            {choice.isOn && <IconCheck size={16} aria-label={t('bulk.isOn')} />}
          </button>
        ))}
      </div>
    </div>
  );
}
