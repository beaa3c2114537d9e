import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallbackView, ConversationView, ReplyWay, TicketView } from '#contract';
import { changeDraft, draftKey, wayKey } from '../../api/drafts.js';
import { keys } from '../../api/keys.js';
import { useMe } from '../../api/queries.js';
import { waiting } from '../../api/waiting.js';
import { isolateLtr } from '../../i18n/isolate.js';
import { DialButton } from '../../calls/dial/dial-button.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { IconCallOut } from '../../ui/icons.js';
import { Ltr } from '../../ui/ltr.js';
import { useAction } from '../../ui/use-action.js';
import './callback-card.css';
import { lastCallbackNews } from './callback-news.js';

const lookAgainMs = 2_000;
const mostLooks = 4;

interface Props {
  ticket: TicketView;
  view: ConversationView;
}

/** That the customer does not wait at the screen and wants to be called or written to; the number is one click away. */
export function CallbackCard({ ticket, view }: Props) {
  const isSpoken = useTexts('routing');
  const news = lastCallbackNews(view, ticket.id);
  const isOver = ticket.state === 'solved' || ticket.state === 'closed';
  const [callback] =
    useQuery({
      queryKey: keys.callbacks(ticket.id, news),
      queryFn: ({ signal }) => waiting.callbacksOf(ticket.id, signal),
      // Where nothing of one is on a timeline that is here as a whole, there is none.
      enabled: !isOver && (news !== null || view.before !== null),
      // What a missed call comes to is decided a moment after it.
      refetchInterval: ({ state }) =>
        state.data?.rows.length === 0 && state.dataUpdateCount < mostLooks ? lookAgainMs : false,
    }).data?.rows ?? [];
  return isSpoken && callback && !isOver ? <OpenCallback callback={callback} view={view} /> : null;
}

function OpenCallback({ callback, view }: { callback: CallbackView; view: ConversationView }) {
  const { t, format } = useI18n();
  const { role } = useMe();
  const cache = useQueryClient();
  const refresh = () => void cache.invalidateQueries({ queryKey: keys.everyCallback });
  const finish = useAction(() => waiting.finishCallback(callback.id), refresh);
  const cancel = useAction(() => waiting.cancelCallback(callback.id), refresh);
  const { way, address } = callback;
  const isMissed = useTexts('phone') && callback.calls > 0;
  return (
    <section className="callback-card" aria-label={t('callback.label')}>
      <p>
        <strong>{isMissed ? t('callbackMore.missed') : t(`callback.wants_${way}`)}</strong>{' '}
        <span>{t('callback.since', { time: format.time(callback.requestedAt) })}</span>
      </p>
      <Missed callback={callback} />
      <div className="callback-acts">
        {way === 'call' ? (
          <CallBack callback={callback} view={view} />
        ) : (
          <WriteButton way={findWay(view, callback)} person={view.id} address={address} />
        )}
        <Button size="compact-sm" loading={finish.isPending} onClick={() => finish.mutate(undefined)}>
          {t('callback.done')}
        </Button>
        {role !== 'agent' && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(undefined)}
          >
            {t('callback.cancel')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Begins the message where the customer wants it; it is sent by the agent's own click. */
/** The number, to be called over a line of ours; where it is none of the customer's, by the device that this is read on. */
function CallBack({ callback: { address, identityId }, view }: { callback: CallbackView; view: ConversationView }) {
  const { t } = useI18n();
  const isSpoken = useTexts('phone');
  const { identities } = view.customer;
  const own = identities.find(
    ({ id, kind, address: known }) => kind === 'phone' && (id === identityId || known === address),
  );
  return isSpoken && own ? (
    <DialButton view={view} identityId={own.id} address={address} reason={t('dial.reason_callback')} />
  ) : (
    <a className="callback-number" href={`tel:${address}`}>
      <IconCallOut size={16} aria-hidden />
      <Ltr>{address}</Ltr>
    </a>
  );
}

/** How often they called in vain, and when last. */
function Missed({ callback: { calls, lastCallAt } }: { callback: CallbackView }) {
  const { t, format } = useI18n();
  const isSpoken = useTexts('phone');
  return (
    isSpoken &&
    calls > 0 &&
    lastCallAt !== null && <p>{t('callbackMore.called', { count: calls, time: format.dateTime(lastCallAt) })}</p>
  );
}

function WriteButton({ way, person, address }: { way: ReplyWay | undefined; person: string; address: string }) {
  const { t } = useI18n();
  if (!way) {
    return <Ltr className="callback-number">{address}</Ltr>;
  }
  const begin = () => {
    changeDraft(draftKey(person, 'text'), { way: wayKey(way) });
    document.querySelector<HTMLTextAreaElement>('.composer textarea')?.focus();
  };
  return (
    <Button size="compact-sm" variant="default" onClick={begin}>
      {address === '' ? t('callback.write') : t('callback.writeTo', { address: isolateLtr(address) })}
    </Button>
  );
}

function findWay(
  { ways }: ConversationView,
  { way, address, identityId, channelId }: CallbackView,
): ReplyWay | undefined {
  const usable = ways.filter(({ unavailable }) => unavailable === null);
  return way === 'sms'
    ? usable.find((one) => one.channelKind === 'sms' && one.address === address)
    : usable.find((one) => one.identityId === identityId && one.channelId === channelId);
}
