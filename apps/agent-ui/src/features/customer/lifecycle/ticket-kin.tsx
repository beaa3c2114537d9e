import { Box, Button, Group, Menu, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { RelatedTicketView, TicketChangeView, TicketDetailView, TicketView } from '#contract';
import { keys } from '../../../api/keys.js';
import { lifecycle } from '../../../api/lifecycle.js';
import type { Formats } from '../../../i18n/formats.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useLive } from '../../../live/live-context.js';
import { useUndoTicketChange } from '../../../live/use-ticket-changes.js';
import { IconDots } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';
import { ticketNumber, ticketSign, toldNumber } from '../../../ui/ticket-number.js';
import { useAction } from '../../../ui/use-action.js';
import './ticket-kin.css';

const MergeDialog = lazy(async () => ({ default: (await import('./merge-dialog.js')).MergeDialog }));
const ParentDialog = lazy(async () => ({ default: (await import('./parent-dialog.js')).ParentDialog }));
const AnswerDialog = lazy(async () => ({ default: (await import('./answer-dialog.js')).AnswerDialog }));

type Opened = 'merge' | 'parent' | 'answer';

/** Which tickets belong to this one and how, what may be taken back, and what can be done about it. */
export function TicketKin({ ticket, person }: { ticket: TicketView; person: string }) {
  const isSpoken = useTexts('tickets');
  const { t } = useI18n();
  const [opened, setOpened] = useState<Opened | null>(null);
  const kin = useQuery({
    queryKey: keys.ticketKin(ticket),
    queryFn: ({ signal }) => lifecycle.get(ticket.id, signal),
    enabled: ticket.mergedInto === null,
  }).data;
  if (!isSpoken) {
    return null;
  }
  const close = () => setOpened(null);
  return (
    <Stack component="section" className="ticket-kin" gap={4} mt={12} align="flex-start" aria-label={t('kin.label')}>
      {ticket.mergedInto !== null && <MergedInto into={ticket.mergedInto} person={person} />}
      {kin && <Kin kin={kin} person={person} onAnswer={() => setOpened('answer')} />}
      {ticket.state !== 'closed' && <More ticket={ticket} person={person} onOpen={setOpened} />}
      <Suspense>
        {opened === 'merge' && <MergeDialog ticket={ticket} person={person} onClose={close} />}
        {opened === 'parent' && <ParentDialog ticket={ticket} person={person} onClose={close} />}
        {opened === 'answer' && kin && <AnswerDialog kin={kin} onClose={close} />}
      </Suspense>
    </Stack>
  );
}

function More({ ticket, person, onOpen }: { ticket: TicketView; person: string; onOpen: (what: Opened) => void }) {
  const { t } = useI18n();
  const { cache } = useLive();
  const leave = useAction(
    () => lifecycle.setParent(ticket.id, null),
    ({ ticket: changed }) => {
      cache.putTicket(person, changed);
      cache.refetch(keys.everyTicketKin);
    },
  );
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="subtle" size="compact-sm" leftSection={<IconDots size={16} aria-hidden />}>
          {t('kin.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onOpen('merge')}>{t('kin.merge')}</Menu.Item>
        {ticket.parentId === null ? (
          <Menu.Item onClick={() => onOpen('parent')}>{t('kin.parent')}</Menu.Item>
        ) : (
          <Menu.Item onClick={() => leave.mutate(undefined)}>{t('kin.noParent')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface KinProps {
  kin: TicketDetailView;
  person: string;
  onAnswer: () => void;
}

function Kin({ kin, person, onAnswer }: KinProps) {
  const { t, format } = useI18n();
  const merged = kin.merged.map((one) => ticketNumber(one, format)).join(t('kin.comma'));
  return (
    <>
      {kin.parent && <Said text={t('kin.childOf', { ticket: titleOf(kin.parent, format) })} to={kin.parent} />}
      {kin.follows && (
        <Said text={t(`kin.${kin.follows.as}`, { ticket: titleOf(kin.follows, format) })} to={kin.follows} />
      )}
      {kin.followedBy.map((one) => (
        <Said key={one.id} text={t(`kin.followed_${one.as}`, { ticket: titleOf(one, format) })} to={one} />
      ))}
      {merged !== '' && <p>{t('kin.mergedHere', { numbers: merged })}</p>}
      {kin.children.length > 0 && <Children kin={kin} person={person} onAnswer={onAnswer} />}
      {kin.changes.map((change) => (
        <UndoLine key={change.id} change={change} person={person} />
      ))}
    </>
  );
}

function Children({ kin, person, onAnswer }: KinProps) {
  const { t, format } = useI18n();
  const { cache } = useLive();
  const open = kin.children.filter(({ state }) => state !== 'solved' && state !== 'closed').length;
  const solve = useAction(
    () => lifecycle.solveChildren(kin.ticket.id),
    ({ solved, left }) => {
      cache.refetch(keys.conversation(person), keys.everyList, keys.everyTicketKin);
      const numbers = left.map(({ number }) => toldNumber(number, kin.children, format)).join(t('kin.comma'));
      const said = t('kin.solved', { count: solved.length });
      notify(numbers === '' ? said : `${said} ${t('kin.notSolved', { numbers })}`, numbers === '' ? 'good' : 'bad');
    },
  );
  return (
    <div>
      <p>
        <strong>{t('kin.children', { count: kin.children.length })}</strong>{' '}
        <span className="chip">{t('kin.childrenOpen', { open: format.number(open) })}</span>
      </p>
      <Stack component="ul" gap={2} m={0} p={0}>
        {kin.children.slice(0, 20).map((child) => (
          <Box component="li" key={child.id} style={{ listStyle: 'none' }}>
            <Said text={`${titleOf(child, format)} · ${t(`ticket.state.${child.state}`)}`} to={child} />
          </Box>
        ))}
      </Stack>
      {open > 0 && (
        <Group gap={8} mt={6}>
          <Button size="compact-sm" variant="light" onClick={onAnswer}>
            {t('kin.answer')}
          </Button>
          <Button size="compact-sm" variant="default" loading={solve.isPending} onClick={() => solve.mutate(undefined)}>
            {t('kin.solve')}
          </Button>
        </Group>
      )}
    </div>
  );
}

function UndoLine({ change, person }: { change: TicketChangeView; person: string }) {
  const { t, format } = useI18n();
  const undo = useUndoTicketChange(person);
  const ticket = change.from ? ticketNumber(change.from, format) : '';
  return (
    <p>
      <Button size="compact-sm" variant="subtle" loading={undo.isPending} onClick={() => undo.mutate(change.id)}>
        {change.kind === 'message_move'
          ? t('kin.undo_message_move', { count: change.messages })
          : t(`kin.undo_${change.kind}`, { ticket })}
      </Button>
      <small>{t('kin.undoUntil', { when: format.dateTime(change.undoUntil) })}</small>
    </p>
  );
}

function MergedInto({ into, person }: { into: string; person: string }) {
  const { t } = useI18n();
  return (
    <p>
      {t('kin.mergedInto')} <TicketLink conversation={person} ticket={into} text={t('kin.goThere')} />
    </p>
  );
}

/** A line about another ticket; it leads there where the reader may go. */
function Said({ text, to }: { text: string; to: RelatedTicketView }) {
  return (
    <p>{to.conversation === null ? text : <TicketLink conversation={to.conversation} ticket={to.id} text={text} />}</p>
  );
}

function TicketLink({ conversation, ticket, text }: { conversation: string; ticket: string; text: string }) {
  const { view = 'all' } = useParams({ strict: false });
  return (
    <Link to="/inbox/$view/$conversation" params={{ view, conversation }} search={{ ticket }}>
      {text}
    </Link>
  );
}

function titleOf(ticket: RelatedTicketView, format: Formats): string {
  return [ticketSign(ticket, format), ticket.subject, ticket.customer].filter((part) => part !== '').join(' · ');
}
