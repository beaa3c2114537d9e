import type { Capabilities } from '../channel-adapter.js';
import type { Address, InboundEvent, InboundMessage } from '../message.js';

const normalForms: Record<Address['kind'], RegExp> = {
  email: /^[^\s@A-Z]+@[^\s@A-Z]+$/u,
  phone: /^\+[1-9]\d{6,14}$/u,
  telegram: /^-?\d+$/u,
  web: /^\S+$/u,
  external: /^\S(.*\S)?$/su,
};

/** A rule and whether it was broken. */
type Finding = [fault: string, broken: boolean];

/** Everything that is wrong with the form of an inbound event, in plain words; empty when it keeps the contract. */
export function inboundFaults(event: InboundEvent): string[] {
  return broken([
    ['externalId is empty instead of null', event.externalId === ''],
    ['raw was not kept', event.raw.length === 0 && event.externalId !== null],
    ...ownFindings(event),
  ]);
}

function ownFindings(event: InboundEvent): Finding[] {
  switch (event.type) {
    case 'message':
      return messageFindings(event);
    case 'call':
      return [addressFinding(event.party), ['callId is empty', event.callId === '']];
    case 'receipt':
      return [['providerId is empty', event.providerId === '']];
    case 'ignored':
      return [['ignored without a reason', event.reason === '']];
  }
}

function messageFindings({ from, mail, replyTo, sentAt, attachments, flags }: InboundMessage): Finding[] {
  const ids = [replyTo, mail?.messageId, mail?.inReplyTo, mail?.threadToken, ...(mail?.references ?? [])];
  return [
    addressFinding(from),
    ['an absent id is empty instead of null', ids.includes('')],
    ['sentAt is no instant', sentAt !== null && Number.isNaN(sentAt.getTime())],
    ['an attachment has no name', attachments.some(({ name }) => name === '')],
    ['a flag stands twice', new Set(flags).size !== flags.length],
  ];
}

function addressFinding({ kind, address }: Address): Finding {
  return [`${address} is not a normal ${kind} address`, !normalForms[kind].test(address)];
}

/** Everything that does not fit together in a set of capabilities; empty when it keeps the contract. */
export function capabilityFaults({ reaches, textLimit, attachments, media, choices }: Capabilities): string[] {
  return broken([
    ['it names kinds of files and takes none', media !== undefined && attachments === null],
    ['it names no kind of file instead of all', media?.length === 0],
    ['choices must be positive, or absent', choices !== undefined && (choices.max <= 0 || choices.labelLength <= 0)],
    ['textLimit must be positive or null', textLimit !== null && textLimit <= 0],
    ['an identity kind is reached twice', new Set(reaches).size !== reaches.length],
    [
      'attachment limits must be positive, or attachments null',
      attachments !== null && (attachments.maxBytes <= 0 || attachments.maxCount <= 0),
    ],
  ]);
}

function broken(findings: Finding[]): string[] {
  return findings.filter(([, isBroken]) => isBroken).map(([fault]) => fault);
}
