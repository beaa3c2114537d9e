import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { HubRequest } from '../platform/http/exchange.js';
import { unauthenticated } from '../platform/errors/api-error.js';
import type { Actor } from './actor.js';

/** The agent who calls. Only for routes whose rule is a role: elsewhere there is none, and asking is refused. */
export function actorOf(request: HubRequest): Actor {
  if (!request.actor) {
    throw unauthenticated();
  }
  return request.actor;
}

/** `actorOf` as a parameter of a handler. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) =>
  actorOf(context.switchToHttp().getRequest<HubRequest>()),
);
