import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { conversationQuery } from '../api/queries.js';
import { useLive } from './live-context.js';
import { noteMerge } from './live-state.js';

/** A person's conversation, followed live while the calling component shows. */
export function useConversation(person: string) {
  const { client } = useLive();
  const conversation = useQuery(conversationQuery(person));
  useEffect(() => client.watch(person), [client, person]);
  // Whatever was announced while the page was on its way is asked for once it is here.
  useEffect(() => void client.settle(person), [client, person, conversation.dataUpdatedAt]);
  // Somebody else's conversation is the answer where two customers became one; that is where frames will go.
  const answered = conversation.data?.id ?? person;
  useEffect(() => {
    if (answered !== person) {
      noteMerge(person, answered);
    }
  }, [person, answered]);
  return conversation;
}
