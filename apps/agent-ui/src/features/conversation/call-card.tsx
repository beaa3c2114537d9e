import type { CallView, ConversationView, MessageView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconCallIn, IconCallOut } from '../../ui/icons.js';
import { useAuthorName } from '../../ui/use-customer-name.js';
import './call-card.css';
import { Words } from './words.js';

/** A telephone call, as it goes on and after. */
export function CallCard({ message, view }: { message: MessageView; view: ConversationView }) {
  const { t, format } = useI18n();
  const nameOf = useAuthorName(view.customer);
  const { call } = message;
  if (!call) {
    return null;
  }
  const Direction = call.direction === 'in' ? IconCallIn : IconCallOut;
  return (
    <article className="call" data-side={call.direction}>
      <span className="call-mark" data-tone={toneOf(call)}>
        <Direction size={18} aria-hidden />
      </span>
      <div className="call-main">
        <div className="call-line">
          <strong>{t(`call.${call.direction}`)}</strong>
          <span className="chip" data-tone={toneOf(call)}>
            {t(`call.${stateOf(call)}`)}
          </span>
        </div>
        <div className="bubble-meta">
          <bdi>{nameOf(message.author)}</bdi>
          <time dateTime={message.at}>{format.time(message.at)}</time>
          {call.durationSeconds ? (
            <span>{t('call.duration', { time: format.duration(call.durationSeconds) })}</span>
          ) : null}
        </div>
        {message.body && <Words text={message.body} />}
        {call.recordingUrl && (
          // oxlint-disable-next-line jsx-a11y/media-has-caption -- a call is recorded without captions
          <audio controls preload="none" src={call.recordingUrl} aria-label={t('call.recording')} dir="ltr" />
        )}
      </div>
    </article>
  );
}

function stateOf({ state, outcome }: CallView) {
  switch (state) {
    case 'ringing':
      return 'ringing';
    case 'answered':
      return 'talking';
    case 'ended':
      return outcome ?? 'answered';
  }
}

function toneOf(call: CallView): 'good' | 'bad' {
  const state = stateOf(call);
  return state === 'answered' || state === 'talking' || state === 'ringing' ? 'good' : 'bad';
}
