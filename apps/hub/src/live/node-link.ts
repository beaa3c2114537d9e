import type { Namespace } from 'socket.io';
import type { HubEventName, HubEvents } from '../events/hub-events.js';
import type { PresenceFrame } from '#contract';

/** A frame for sockets of one namespace. `rooms` null means everyone there; an empty list means nobody. */
export interface Frame {
  to: 'agents' | 'visitors';
  rooms: string[] | null;
  except: string[];
  name: string;
  payload: unknown[];
}

type HubEventMessage = {
  [Name in HubEventName]: { kind: 'event'; name: Name; payload: HubEvents[Name] };
}[HubEventName];

/** What nodes of one installation tell each other. Every message may be lost: each has a slower way that finds out by itself. */
export type NodeMessage =
  | { kind: 'moves'; moves: { conversation: string; since: number }[] }
  | HubEventMessage
  | ({ kind: 'frame' } & Frame)
  /** Which agents of the sending node have a person open. */
  | { kind: 'companions'; conversation: string; agents: PresenceFrame['agents'] }
  /** Something happened that those in these rooms were told of, and that may have moved their lists. */
  | { kind: 'lists'; rooms: string[] }
  /** An agent's status or presence moved. */
  | { kind: 'agent'; agentId: string }
  /** These people, by their conversations, were merged or parted: who may watch whom must be looked at again. */
  | { kind: 'merged'; people: string[] }
  /** A visitor wrote for the first time and has an identity now. */
  | { kind: 'met'; visitorId: string; identityId: string }
  /** Frames may have been missed: clients of the receiving node should catch up. */
  | { kind: 'gap' };

type Kind = NodeMessage['kind'];
export type MessageOf<Name extends Kind> = Extract<NodeMessage, { kind: Name }>;
type Listener<Name extends Kind> = (message: MessageOf<Name>, node: string) => void;

/** The way between the nodes of one installation. A hub that is alone has one that leads nowhere. */
export abstract class NodeLink {
  private readonly listeners = new Map<Kind, Listener<Kind>[]>();

  constructor(readonly nodeId: string) {}

  on<Name extends Kind>(kind: Name, listener: Listener<Name>): void {
    const known = this.listeners.get(kind) ?? [];
    this.listeners.set(kind, [...known, listener as unknown as Listener<Kind>]);
  }

  /** Lets a link that works through the sockets' own server take its place there. To be called before anybody connects. */
  equip(_to: Frame['to'], _namespace: Namespace): void {}

  /** Never throws and never waits: what cannot be sent now is lost. */
  abstract send(message: NodeMessage): void;

  /** The same, and this node hears it as well. */
  everywhere(message: NodeMessage): void {
    this.send(message);
    this.heard(message, this.nodeId);
  }

  /** Shows a frame to the sockets of the other nodes, or lets them make it themselves. */
  abstract carry(frame: Frame): void;

  abstract open(): Promise<void>;
  abstract close(): Promise<void>;

  protected heard(message: NodeMessage, node: string): void {
    this.listeners.get(message.kind)?.forEach((listener) => listener(message, node));
  }
}

/** Nobody else is there. */
export class NoLink extends NodeLink {
  override send(): void {}
  override carry(): void {}
  override open(): Promise<void> {
    return Promise.resolve();
  }
  override close(): Promise<void> {
    return Promise.resolve();
  }
}
