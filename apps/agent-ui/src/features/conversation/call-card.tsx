import type { ComponentProps } from 'react';
import type { ConversationView, MessageView } from '#contract';
import { useMe } from '../../api/queries.js';
import { mayHandOver } from '../../calls/transfer/may-hand-over.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { late } from '../../ui/late.js';
import { useLooksOn } from './looks-on.js';
import { Words } from './words.js';

type StoryProps = ComponentProps<typeof import('../../calls/card/call-story.js').CallStory>;

const CallStory = late<StoryProps>(
  async () => ({ default: (await import('../../calls/card/call-story.js')).CallStory }),
  CallLine,
);
const TransferButton = late(async () => ({
  default: (await import('../../calls/transfer/transfer-button.js')).TransferButton,
}));
const LogCallBack = late(async () => ({ default: (await import('./log-call-back.js')).LogCallBack }));
const vain = ['missed', 'abandoned', 'busy', 'failed'];

interface CallProps {
  message: MessageView;
  view: ConversationView;
}

/** A telephone call, as it goes on and after. What tells of it is loaded with the first call that is read. */
export function CallCard({ message, view }: CallProps) {
  const { call } = message;
  const looksOn = useLooksOn();
  const me = useMe();
  const mayCallBack = !looksOn && call?.direction === 'in' && vain.includes(call.outcome ?? '');
  return (
    call && (
      <CallStory
        message={message}
        call={call}
        view={view}
        note={message.body && <Words text={message.body} />}
        acts={
          <>
            {mayCallBack && <LogCallBack message={message} view={view} />}
            {!looksOn && mayHandOver(call, me) && <TransferButton call={message.id} />}
          </>
        }
      />
    )
  );
}

/** That there was one, until what tells of it is here. */
function CallLine({ message, call }: Pick<StoryProps, 'message' | 'call'>) {
  const { t, format } = useI18n();
  return (
    <p className="event-line">
      {t(`call.${call.direction}`)} <time dateTime={message.at}>{format.time(message.at)}</time>
    </p>
  );
}
