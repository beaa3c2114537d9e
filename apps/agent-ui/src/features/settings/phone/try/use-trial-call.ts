import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { TrialCallView } from '#contract';
import { phone, type TrialHappening } from '../../../../api/phone.js';
import { splitReply, type TrialLine, type TrialStop } from './trial-log.js';

/** A call as the tester has it. `talks`: the leg that was answered, and since when by the page's steady clock. */
export interface TrialState {
  call: TrialCallView;
  lines: readonly TrialLine[];
  /** How many of `lines` the latest reply added: what is to be played now. */
  fresh: number;
  stop: TrialStop;
  talks: { leg: string; since: number } | null;
}

type Told = Omit<TrialHappening, 'turn'>;

const over: TrialStop = { kind: 'hangup' };

/** The tester's telephone. What it does is handed to the hub, and what comes back is heard. */
export function useTrialCall(channelId: string) {
  const [state, setState] = useState<TrialState | null>(null);
  const place = useRef<{ callId: string; turn: number; isOver: boolean } | null>(null);
  const hear = (reply: TrialCallView, said: readonly TrialLine[], known: readonly TrialLine[]) => {
    const { heard, stop } = splitReply(reply.steps);
    place.current = { callId: reply.callId, turn: reply.turn, isOver: stop.kind === 'hangup' };
    setState({ call: reply, lines: [...known, ...said, ...heard], fresh: heard.length, stop, talks: null });
    if (stop.kind === 'hangup') {
      void phone.nextTrial(channelId, reply.callId, { kind: 'hung_up', turn: reply.turn }).catch(() => undefined);
    }
  };
  const begin = useMutation({
    mutationFn: (wish: { from: string; ringsTeam: boolean }) => phone.beginTrial(channelId, wish),
    onSuccess: (reply) => hear(reply, [], []),
  });
  const act = useMutation({
    mutationFn: ({ told }: { told: Told; said: readonly TrialLine[] }) => {
      const { callId, turn } = place.current ?? { callId: '', turn: 0 };
      return phone.nextTrial(channelId, callId, { ...told, turn });
    },
    onSuccess: (reply, { told, said }) => {
      if (told.kind === 'hung_up') {
        endHere();
      } else if (told.kind === 'dialled' && told.result === 'answered' && told.seconds === undefined) {
        setState((known) => known && { ...known, fresh: 0, talks: { leg: told.leg ?? '', since: performance.now() } });
      } else {
        hear(reply, said, state?.lines ?? []);
      }
    },
  });
  const endHere = () => {
    if (place.current) {
      place.current.isOver = true;
    }
    setState((known) => known && { ...known, fresh: 0, stop: over, talks: null });
  };
  useHangUpOnLeaving(channelId, place);
  return {
    state,
    begin: begin.mutate,
    tell: (told: Told, said: readonly TrialLine[] = []) => act.mutate({ told, said }),
    isBusy: begin.isPending || act.isPending,
    error: begin.error ?? act.error,
  };
}

/** A page that is left hangs up: no call waits for a tester who has gone. */
function useHangUpOnLeaving(
  channelId: string,
  place: { current: { callId: string; turn: number; isOver: boolean } | null },
): void {
  useEffect(
    () => () => {
      const last = place.current;
      if (last && !last.isOver) {
        void phone.nextTrial(channelId, last.callId, { kind: 'hung_up', turn: last.turn }).catch(() => undefined);
      }
    },
    [channelId, place],
  );
}
