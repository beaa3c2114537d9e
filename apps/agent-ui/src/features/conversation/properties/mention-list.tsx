/* oxlint-disable jsx-a11y/prefer-tag-over-role -- A list that is chosen from while the text keeps the focus: no element of HTML is one. */
import { useEffect, useState, type RefObject } from 'react';
import type { AgentView } from '#contract';
import { useAgents, useMe } from '../../../api/queries.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { findMention, suggestAgents, type WrittenMention } from './find-mention.js';
import './mention-list.css';

interface Props {
  /** Where the note is written. */
  field: RefObject<HTMLTextAreaElement | null>;
  body: string;
  onChange: (body: string) => void;
}

/** Offers colleagues while a note names one after an `@`. Arrows choose, Enter or Tab takes, Escape closes. */
export function MentionList({ field, body, onChange }: Props) {
  const { t } = useI18n();
  const isSpoken = useTexts('properties');
  const { mention, close } = useMention(field, body);
  const me = useMe();
  const agents = useAgents().filter(({ id }) => id !== me.id);
  const offered = mention ? suggestAgents(agents, mention.typed) : [];
  const [chosen, setChosen] = useState(0);
  const index = Math.min(chosen, offered.length - 1);
  const take = (agent: AgentView) => {
    if (mention) {
      const written = `${body.slice(0, mention.from)}${agent.name} `;
      onChange(written + body.slice(mention.to));
      setChosen(0);
      // The field has the new text once this is shown.
      requestAnimationFrame(() => {
        field.current?.focus();
        field.current?.setSelectionRange(written.length, written.length);
      });
    }
  };
  useKeys(field, offered.length > 0, {
    ArrowDown: () => setChosen((index + 1) % offered.length),
    ArrowUp: () => setChosen((index + offered.length - 1) % offered.length),
    Enter: () => take(offered[index] as AgentView),
    Tab: () => take(offered[index] as AgentView),
    Escape: close,
  });
  if (!isSpoken || offered.length === 0) {
    return null;
  }
  return (
    <div className="mentions" role="listbox" aria-label={t('mention.list')}>
      {offered.map((agent, place) => (
        <button
          key={agent.id}
          type="button"
          role="option"
          aria-selected={place === index}
          tabIndex={-1}
          // The field keeps the focus: a press must not take it away before the click.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(agent)}
        >
          <bdi>{agent.name}</bdi>
        </button>
      ))}
    </div>
  );
}

/** The mention that the caret stands in. Escape closes it until something else is written. */
function useMention(field: Props['field'], body: string) {
  const [mention, setMention] = useState<WrittenMention | null>(null);
  const [closedAt, setClosedAt] = useState<string | null>(null);
  useEffect(() => {
    const look = () => {
      const area = field.current;
      const isHere = area !== null && document.activeElement === area;
      setMention(isHere ? findMention(area.value, area.selectionStart) : null);
    };
    look();
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [field, body]);
  return { mention: closedAt === body ? null : mention, close: () => setClosedAt(body) };
}

type Keys = Record<'ArrowDown' | 'ArrowUp' | 'Enter' | 'Tab' | 'Escape', () => void>;

/** Takes keys before the field does, while there is something to choose. */
function useKeys(field: Props['field'], isOpen: boolean, keys: Keys): void {
  useEffect(() => {
    const area = field.current;
    if (!area || !isOpen) {
      return undefined;
    }
    const press = (event: KeyboardEvent) => {
      const act = event.ctrlKey || event.metaKey ? undefined : keys[event.key as keyof Keys];
      if (act) {
        event.preventDefault();
        event.stopPropagation();
        act();
      }
    };
    area.addEventListener('keydown', press);
    return () => area.removeEventListener('keydown', press);
  });
}
