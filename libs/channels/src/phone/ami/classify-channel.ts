import { normalisePhone } from '../../phone-number.js';
import type { AmiFrame } from './ami-frames.js';
import {
  extensionOf,
  isContext,
  isExtension,
  ownChannelPrefix,
  said,
  type ExchangeShape,
  type FollowedCall,
} from './followed-call.js';

/** FreePBX and Issabel begin all calls of their own phones there. */
const internalContexts = ['from-internal*'];

type Direction = Pick<FollowedCall, 'direction' | 'number' | 'name' | 'line' | 'customer'>;

/**
 * Which way a call goes, by its first real channel. What a queue or an extension does with it later changes nothing about that: the
 * channel that rings an agent is no outgoing call.
 */
export function directionOf(channel: AmiFrame, shape: ExchangeShape): Direction {
  const [context, exten, caller] = [said(channel, 'context'), said(channel, 'exten'), said(channel, 'calleridnum')];
  const inside = extensionOf(channel['channel'] ?? '', shape);
  if (isContext(context, shape.incomingContexts)) {
    return incoming(channel, exten);
  }
  if (said(channel, 'uniqueid').startsWith(ownChannelPrefix)) {
    return { direction: 'out', number: '', name: '', line: '', customer: null };
  }
  if (inside !== '' || isExtension(caller, shape.extensionDigits) || isContext(context, internalContexts)) {
    const number = outsideNumber([exten], shape);
    return { direction: number === '' ? 'inside' : 'out', number, name: '', line: '', customer: null };
  }
  return incoming(channel, exten);
}

function incoming(channel: AmiFrame, exten: string): Direction {
  return {
    direction: 'in',
    number: said(channel, 'calleridnum'),
    name: said(channel, 'calleridname'),
    // `s` is the dialplan's word for “no number”.
    line: /^\+?\d+$/u.test(exten) ? exten : '',
    customer: said(channel, 'uniqueid'),
  };
}

/** The first that is a number outside of the exchange; '' when none is. */
export function outsideNumber(candidates: string[], { defaultCountry, extensionDigits }: ExchangeShape): string {
  const isOutside = (text: string) =>
    !isExtension(text, extensionDigits) && normalisePhone(text, defaultCountry)?.kind === 'phone';
  return candidates.find(isOutside) ?? '';
}

/** The numbers that a dial string may hold: `trunk/0912…`, `0912…@trunk`, `101`. */
export function numbersIn(dialString: string): string[] {
  return dialString.split(/[/@,:]/u).filter((part) => /^\+?\d{2,}$/u.test(part));
}
