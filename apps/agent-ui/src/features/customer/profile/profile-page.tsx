import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import type { ConversationView } from '#contract';
import { keys } from '../../../api/keys.js';
import { people } from '../../../api/people.js';
import { isProblem } from '../../../api/problem.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useLiveState } from '../../../live/live-state.js';
import { useConversation } from '../../../live/use-conversation.js';
import { late } from '../../../ui/late.js';
import { Empty, Failed } from '../../../ui/states.js';
import '../customer-panel.css';
import { CustomerTier } from '../customer-tier.js';
import { WhoTheyAre } from '../who-they-are.js';
import { ProfileChannels } from './profile-channels.js';
import { ProfileHead } from './profile-head.js';
import { ProfileTickets } from './profile-tickets.js';
import './profile.css';

const CustomerKnowledge = late(async () => ({ default: (await import('../customer-knowledge.js')).CustomerKnowledge }));

/** Everything that is known of one customer, on a page of its own. */
export function ProfilePage({ id }: { id: string }) {
  const { t } = useI18n();
  const isSpoken = useTexts('customers');
  if (!isSpoken) {
    return <Loader className="profile-wait" />;
  }
  return (
    <main className="profile" id="content" tabIndex={-1}>
      <Link to="/customers" className="profile-back">
        {t('profile.back')}
      </Link>
      <Found id={id} />
    </main>
  );
}

/** A customer is asked for by their own id, and shown by the conversation that they have by now. */
function Found({ id }: { id: string }) {
  const found = useQuery({ queryKey: keys.customer(id), queryFn: ({ signal }) => people.get(id, signal) });
  if (found.data) {
    return <Followed person={found.data.conversation} />;
  }
  return <NotShown error={found.error} retry={() => void found.refetch()} />;
}

function Followed({ person }: { person: string }) {
  const into = useLiveState(({ mergedInto }) => mergedInto[person]);
  const conversation = useConversation(into ?? person);
  if (conversation.data) {
    return <Profile view={conversation.data} />;
  }
  return <NotShown error={conversation.error} retry={() => void conversation.refetch()} />;
}

/** What the hub says of an id that is nobody's, or nobody's whom the reader may see, or no id at all. */
const nobody = new Set([400, 403, 404]);

/** Without an error the answer is still on its way. */
function NotShown({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useI18n();
  if (!error) {
    return <Loader className="profile-wait" />;
  }
  return isProblem(error) && nobody.has(error.status) ? (
    <Empty>{t('profile.gone')}</Empty>
  ) : (
    <Failed error={error} retry={retry} />
  );
}

function Profile({ view }: { view: ConversationView }) {
  return (
    <>
      <ProfileHead view={view} />
      <div className="profile-columns">
        <div className="profile-work">
          <ProfileTickets view={view} />
          <ProfileChannels view={view} />
        </div>
        <div className="customer profile-known">
          <CustomerTier person={view.id} customer={view.customer} />
          <Suspense>
            <CustomerKnowledge key={view.customer.id} customer={view.customer} />
          </Suspense>
          <WhoTheyAre view={view} />
        </div>
      </div>
    </>
  );
}
