import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { keys } from '../../api/keys.js';
import { newWhisperId } from '../../api/steering.js';
import { useAction } from '../../ui/use-action.js';
import { draftWhisper, useWhisperDrafts } from './whisper-drafts.js';

interface Props {
  person: string;
  /** Which of the reader's drafts it is. */
  of: 'whisper' | 'answer';
  label: string;
  hint: string;
  send: (id: string, words: string) => Promise<void>;
  button: string;
  /** Beside the button. */
  children?: ReactNode;
  /** It was opened to be written in. */
  takesFocus?: boolean;
  onSent?: () => void;
}

/** Ctrl+Enter sends, as in the composer. What could not be sent stays; until it is written anew, under the id by which it may have arrived all the same. */
export function WhisperForm({ person, of, label, hint, send, button, children, takesFocus = false, onSent }: Props) {
  const queries = useQueryClient();
  const key = `${of} ${person}`;
  const words = useWhisperDrafts((drafts) => drafts[key]) ?? '';
  const id = useRef(newWhisperId());
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takesFocus) {
      field.current?.focus();
    }
  }, [takesFocus]);
  const sending = useAction(
    () => send(id.current, words.trim()),
    () => {
      id.current = newWhisperId();
      draftWhisper(key, '');
      void queries.invalidateQueries({ queryKey: keys.watch(person) });
      void queries.invalidateQueries({ queryKey: keys.everySteering(person) });
      onSent?.();
    },
  );
  const isReady = words.trim() !== '' && !sending.isPending;
  return (
    <form
      className="steering-write"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) {
          sending.mutate(undefined);
        }
      }}
    >
      <Textarea
        label={label}
        description={hint}
        value={words}
        maxLength={2_000}
        autosize
        minRows={2}
        maxRows={6}
        dir="auto"
        ref={field}
        onChange={(event) => {
          id.current = newWhisperId();
          draftWhisper(key, event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && isReady) {
            event.preventDefault();
            sending.mutate(undefined);
          }
        }}
      />
      <span className="steering-acts">
        <Button type="submit" size="compact-md" disabled={words.trim() === ''} loading={sending.isPending}>
          {button}
        </Button>
        {children}
      </span>
    </form>
  );
}
