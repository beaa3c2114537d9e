import { Fragment } from 'react';
import type { MessageView } from '#contract';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { isKeys, isMasked } from './call-stage.js';
import './call-story.css';
import { KeyCaps } from './key-caps.js';

/** What a caller pressed in one go, in one line: a telephone has no more to say than that. */
export function KeysLine({ messages }: { messages: readonly MessageView[] }) {
  const isSpoken = useTexts('phone');
  const { t, format } = useI18n();
  const last = messages.at(-1);
  return (
    isSpoken &&
    last && (
      <p className="keys-line">
        <span>{t('callCard.keysAt')}</span>
        {messages.map(({ id, body }) => (
          <Fragment key={id}>{heardOf(body, t('callCard.masked'))}</Fragment>
        ))}
        <time dateTime={last.at}>{format.time(last.at)}</time>
      </p>
    )
  );
}

function heardOf(body: string, masked: string) {
  if (isKeys(body)) {
    return <KeyCaps keys={body} />;
  }
  return body === '' || isMasked(body) ? <span>{masked}</span> : <bdi>{body}</bdi>;
}
