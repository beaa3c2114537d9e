import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { conversationQuery } from '../api/queries.js';
import { useLive } from './live-context.js';
import { useLiveState } from './live-state.js';

/** A person's conversation for somebody who looks on: live like any other, and nobody is told that they have it open. */
export function useWatchedConversation(person: string) {
  const { client } = useLive();
  const isUp = useLiveState(({ link }) => link === 'up');
  const conversation = useQuery(conversationQuery(person));
  useEffect(() => (isUp ? client.lookOn(person) : undefined), [client, isUp, person]);
  useEffect(() => void client.settle(person), [client, person, conversation.dataUpdatedAt]);
  return conversation;
}
