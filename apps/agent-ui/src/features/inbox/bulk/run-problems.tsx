import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { BulkProblem } from '#contract';
import { bulk } from '../../../api/bulk.js';
import { sayForHub } from '../../../i18n/hub-words.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Dialog } from '../../../ui/dialog.js';
import { Failed } from '../../../ui/states.js';
import { ticketNumber } from '../../../ui/ticket-number.js';
import { useCustomerName } from '../../../ui/use-customer-name.js';

/** Each ticket that was not changed, or not taken back, with the reason and a way to it. */
export function RunProblems({ run, onClose }: { run: string; onClose: () => void }) {
  const { t } = useI18n();
  const asked = useQuery({ queryKey: ['bulk', run], queryFn: () => bulk.read(run), staleTime: 0 });
  return (
    <Dialog title={t('bulk.problems')} onClose={onClose}>
      {asked.isError && <Failed error={asked.error} retry={() => void asked.refetch()} />}
      <ul className="bulk-problems">
        {asked.data?.problems.map((problem) => (
          <li key={problem.ticketId}>
            <Name problem={problem} onClose={onClose} />
            <span>{sayForHub(problem.detail)}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Name({ problem, onClose }: { problem: BulkProblem; onClose: () => void }) {
  const { t, format } = useI18n();
  const nameOf = useCustomerName();
  const { number, prefix, conversation, customer, ticketId } = problem;
  if (number === null || conversation === null || customer === null) {
    return <strong>{t('bulk.hidden')}</strong>;
  }
  return (
    <Link
      to="/inbox/$view/$conversation"
      params={{ view: 'all', conversation }}
      search={{ ticket: ticketId }}
      onClick={onClose}
    >
      <bdi>{t('ticket.number', { number: ticketNumber({ number, prefix }, format) })}</bdi>{' '}
      <bdi>{nameOf(customer)}</bdi>
    </Link>
  );
}
