import { IconCall } from '../../../ui/icons.js';
import type { NodeKind } from '../document/script-words.js';
import {
  IconBranch,
  IconCollect,
  IconEnd,
  IconHandOff,
  IconHours,
  IconLookup,
  IconMatch,
  IconMenuKeys,
  IconOther,
  IconSay,
  IconSet,
  IconSub,
  IconTag,
  IconTicket,
  IconVoicemail,
  IconWait,
} from '../script-icons.js';

const icons: Record<NodeKind, typeof IconSay> = {
  say: IconSay,
  ask: IconMenuKeys,
  collect: IconCollect,
  match: IconMatch,
  lookup: IconLookup,
  branch: IconBranch,
  hours: IconHours,
  set: IconSet,
  tag: IconTag,
  ticket: IconTicket,
  call: IconSub,
  wait: IconWait,
  handoff: IconHandOff,
  callback: IconCall,
  voicemail: IconVoicemail,
  end: IconEnd,
};

/** What a node does, as a sign; the word for it stands beside. */
export function KindIcon({ kind, size = 16 }: { kind: NodeKind | null; size?: number }) {
  const Icon = kind === null ? IconOther : icons[kind];
  return <Icon size={size} aria-hidden className="script-kind" />;
}
